// What templates would read in the parts that a rendering did not come to: branches that were not taken, helpers that
// are called there, arguments of and/or behind the one that decided.
#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "render/scopes.h"

namespace rhumb::render {

struct StaticReads {
  /// Values that such parts name by their path, found in the values of the charts that the part may belong to.
  std::vector<const Value*> values;
  /// Names of fields of which nobody can say what they are fields of.
  std::unordered_set<std::string_view> names;
  /// The same of parts that were executed, if not for everything: a helper that is called for several things, the body
  /// of a range.
  std::unordered_set<std::string_view> names_executed;
};

StaticReads static_reads(const Rendering& rendering, const Scopes& scopes);

}  // namespace rhumb::render
