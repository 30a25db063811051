// The keys that may be set in the values of a chart, and their types: what other systems rely on. Made of the defaults
// of the chart and its sub-charts, their values.schema.json, and the conditions of the dependencies; kept beside the
// chart as values-api.json, with which the rule values-api-broken compares:
//   {"version": 1, "chart": "tms", "keys": {
//     "tmsOdoo.image.tag": "string",
//     "tmsOdoo.podAnnotations": "object"
//   }}
// A key of type "object" is free: what stands below it is data. Types are those of JSON Schema, several separated by
// "|", "any" where nothing tells. Keys that are no plain words stand in brackets: `labels["a.b/c"]`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "rhumb/base/limits.h"
#include "rhumb/base/result.h"
#include "rhumb/chart/chart.h"

namespace rhumb::lint {

/// "string", "integer" ...; empty for anything.
using ValueTypes = std::set<std::string, std::less<>>;

struct ValuesApi {
  /// By path. Maps whose keys are known are not in it themselves.
  std::map<std::string, ValueTypes, std::less<>> keys;
  /// Paths of maps, "" for the root, of which a schema names the keys and says nothing of others.
  std::set<std::string, std::less<>> closed;
  /// Paths of maps on the way to a key, "" for the root.
  std::set<std::string, std::less<>> maps;
};

ValuesApi values_api(const chart::Chart& chart, const Limits& limits = {});

/// The text of values-api.json.
std::string write_values_api(const ValuesApi& api, const std::string& chart_name);

/// `path` with a key appended, in brackets where it is no plain word.
std::string api_path(const std::string& path, std::string_view key);

/// "integer|string", "any".
std::string to_text(const ValueTypes& types);
/// Whether everything that `before` allows is allowed still.
bool allows(const ValueTypes& now, const ValueTypes& before);

}  // namespace rhumb::lint
