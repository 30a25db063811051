// Keys of values files that no template reads, in all environments of a chart.
#pragma once

#include <string>
#include <vector>

#include "lint/context.h"
#include "lint/support/values_place.h"

namespace rhumb::lint {

struct UnreadKey {
  Span span;                    // the key and its value; of maps and lists the key
  KeyPath path;                 // in the values of the whole chart
  std::size_t scope_size = 0;   // of the file's scope
  std::vector<Span> overrides;  // where a parent chart sets the same key
};

/// Of the values.yaml of the chart and those sub-charts that are folders (`given` false), or of the values files of its
/// environments, each key once: where it is in the chart that it is for. Only the topmost of a map that nobody reads.
/// None where an environment does not render: it might have read them; and none for a library, whose readers are
/// elsewhere.
std::vector<UnreadKey> unread_everywhere(const ChartContext& context, bool given);

/// Whether the defaults of the chart, or of a sub-chart at its place, have the path.
bool has_default(const Run& run, const KeyPath& path);

/// Those keys of the environments' values files that nothing reads and no default has: misspelt, or left over.
std::vector<UnreadKey> unknown_keys(const ChartContext& context);

}  // namespace rhumb::lint
