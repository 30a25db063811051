#include <algorithm>

#include "lint/support/unread.h"
#include "rhumb/base/strings.h"
#include "rhumb/lint/values_api.h"

namespace rhumb::lint::values_api_broken {
namespace {

/// "integer|string" as it was recorded.
ValueTypes read_types(std::string_view text) {
  ValueTypes types;
  if (text == "any") return types;
  for (const std::string_view type : strings::split(text, "|")) types.emplace(type);
  return types;
}

class Checker {
 public:
  Checker(ChartContext& context, const chart::File& file)
      : context_(context), file_(file), api_(values_api(*context.chart())) {}

  void check() {
    const auto tree = yaml::Tree::read(file_.data);
    if (!tree || tree->root()["version"].integer() != 1 || !tree->root()["keys"].is_map()) {
      context_.report_span({file_.source, 0, 0},
                           "this is no recording of a values API; make it anew with rhumb values api");
      return;
    }
    for (const yaml::NodeRef key : tree->root()["keys"]) check_key(std::string(key.key()), key);
    check_environments();
  }

 private:
  void check_key(const std::string& path, yaml::NodeRef recorded) {
    const Span line{file_.source, recorded.node()->key_begin, recorded.node()->end};
    const ValueTypes before = read_types(recorded.text());
    const auto now = api_.keys.find(path);
    if (now != api_.keys.end()) {
      if (allows(now->second, before)) return;
      report(path, path + " was " + to_text(before) + " and is " + to_text(now->second), line);
    } else if (api_.maps.contains(path)) {
      // Keys were added to a map that was free.
      if (before.empty() || before.contains("object")) return;
      report(path, path + " was " + to_text(before) + " and is object", line);
    } else if (!is_below_free_map(path)) {
      report(path, path + " is gone from the values", line);
    }
  }

  void report(const std::string& path, const std::string& message, Span line) {
    const ValuesPlace place = find_default(split_path(path));
    context_.report_span(place.file == nullptr ? line : place.span(), message)
        .path(path)
        .related(line, "where it is promised");
  }

  /// The default of the path, or what of the way to it is there.
  ValuesPlace find_default(const KeyPath& path) const {
    ValuesPlace best;
    for (const ValuesFile& file : context_.runs().front()->values_files) {
      const ValuesPlace place = file.is_given ? ValuesPlace() : follow(file, path);
      if (place.file != nullptr && (best.file == nullptr || place.depth > best.depth)) best = place;
    }
    return best;
  }

  bool is_below_free_map(const std::string& path) const {
    return std::any_of(api_.keys.begin(), api_.keys.end(), [&](const auto& key) {
      const bool is_free = key.second.empty() || key.second.contains("object");
      return is_free && (path.starts_with(key.first + ".") || path.starts_with(key.first + "["));
    });
  }

  void check_environments() {
    const std::vector<UnreadKey> unknown = unknown_keys(context_);
    std::vector<std::string> done;
    for (const Run* run : context_.runs()) {
      for (const ValuesFile& file : run->values_files) {
        if (!file.is_given || file.tree == nullptr) continue;
        const std::string& name = context_.sources().get(file.source).name();
        if (std::find(done.begin(), done.end(), name) != done.end()) continue;
        done.push_back(name);
        check_map(file, file.tree->root(), "", {}, unknown);
      }
    }
  }

  void check_map(const ValuesFile& file, yaml::NodeRef map, const std::string& path, const KeyPath& keys,
                 const std::vector<UnreadKey>& unknown) {
    if (!map.is_map()) return;
    for (const yaml::NodeRef child : map) {
      const std::string below = api_path(path, child.key());
      KeyPath child_keys = keys;
      child_keys.emplace_back(child.key());
      if (api_.maps.contains(below)) {
        check_map(file, child, below, child_keys, unknown);
      } else if (!api_.keys.contains(below) && api_.closed.contains(path) && below != "global" && below != "tags") {
        // What nothing reads is the business of unknown-value.
        const bool is_unknown = std::any_of(unknown.begin(), unknown.end(), [&](const UnreadKey& key) {
          return key.path.size() >= child_keys.size() &&
                 std::equal(child_keys.begin(), child_keys.end(), key.path.begin());
        });
        if (is_unknown) continue;
        context_.report_span(span_of(file.source, child), "the values API has no " + below).path(below);
      }
    }
  }

  ChartContext& context_;
  const chart::File& file_;
  ValuesApi api_;
};

void check(ChartContext& context) {
  if (context.chart() == nullptr || !context.source()->values_api) return;
  context.applies();
  Checker(context, *context.source()->values_api).check();
}

}  // namespace

extern const Rule rule{
    .name = "values-api-broken",
    .category = Category::values,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IHelmValuesAPI",
    .summary = "The values are not what values-api.json promises",
    .remedy =
        "Keep the key and its types. If the contract is to change, record it anew with `rhumb values api` and give "
        "the chart a new major version.",
    .documentation = R"(## What it does
Compares a chart with the file values-api.json beside its Chart.yaml, which `rhumb values api CHART` prints: the keys of
values.yaml and values.schema.json, sub-charts included, with their types. Reports keys that are gone and keys that take
less types than they did, at what is left of them in values.yaml. Reports as well what an environment sets although
values.schema.json, which names the keys of that map, does not have it. Charts without the file are left alone.

## Why
Pipelines and other systems set these keys by name. A key that is renamed is set in vain, without an error.

## Example
```yaml
# wrong: the recording has "image.tag": "string"
image:
  version: "18.0"
```
```yaml
# right
image:
  tag: "18.0"
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::values_api_broken
