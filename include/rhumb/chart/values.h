// Values: what the user gives (files and --set flags), and how they are laid over the defaults of charts.
//
// Everything works on maps in the heap of one rendering, shared and mutable as in Go. Warnings are log lines of level
// INFO, in the words of Helm. Go iterates maps in random order; here the order is that of the keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"
#include "rhumb/base/result.h"
#include "rhumb/chart/chart.h"

namespace rhumb::chart {

struct ValuesContext {
  Heap& heap;
  Log& log;
  /// When set, overrides and --set are recorded.
  OriginTable* origins = nullptr;
  bool helm3 = false;
  Limits limits = {};
};

/// The flags, each kind in the order given. -f values are split at commas already.
struct ValueOptions {
  std::vector<std::string> value_files;     // -f, --values
  std::vector<std::string> json_values;     // --set-json
  std::vector<std::string> values;          // --set
  std::vector<std::string> string_values;   // --set-string
  std::vector<std::string> file_values;     // --set-file
  std::vector<std::string> literal_values;  // --set-literal
};

/// As Options.MergeValues: files, then set-json, set, set-string, set-file, set-literal. The result is a map.
Result<Value> merge_value_options(const ValueOptions& options, const FileSystem& files, Sources& sources,
                                  const ValuesContext& context);

/// As LoadValues: every YAML document of the text, merged (with helm3 the first one only).
Result<Value> load_values(FileId source, const Sources& sources, const ValuesContext& context);

/// As MergeMaps: a new map of both, maps merged recursively, `over` wins.
Value merge_maps(const Value& under, const Value& over, const ValuesContext& context);

/// As CoalesceValues: the values of the chart and everything below it, under the given ones. Nulls delete.
Result<Value> coalesce_values(const ChartInstance& chart, const Value& values, const ValuesContext& context);
/// As MergeValues: the same, with nulls kept.
Result<Value> merge_values(const ChartInstance& chart, const Value& values, const ValuesContext& context);
/// As CoalesceTables and MergeTables: fills `dst` from `src`, `dst` wins. Both may change. Returns dst.
Map* coalesce_tables(Map* dst, Map* src, const ValuesContext& context, bool merge);

/// Copies every map below the value, and the lists that hold maps; texts and keys are shared, so the heap that holds
/// them must live on. As copystructure.Copy; nil becomes an empty map.
Value copy_structure(Heap& heap, const Value& value);

/// As Values.Table: the map at a dotted path, null where there is none. `missing` gets the key that is no table.
Map* find_table(Map* values, std::string_view path, std::string* missing = nullptr);

}  // namespace rhumb::chart
