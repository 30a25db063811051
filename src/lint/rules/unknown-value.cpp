#include "lint/support/unread.h"
#include "rhumb/base/suggest.h"

namespace rhumb::lint::unknown_value {
namespace {

class Suggester {
 public:
  explicit Suggester(const Run& run) : run_(run) {}

  /// The nearest key beside it, or else the only key of that name anywhere.
  std::string suggest(const KeyPath& path) {
    const KeyPath parent(path.begin(), path.end() - 1);
    std::vector<std::string_view> siblings;
    for (const ValuesFile& file : run_.values_files) {
      const ValuesPlace place = file.is_given ? ValuesPlace() : follow(file, parent);
      if (place.file == nullptr || place.depth != parent.size() || !place.node.is_map()) continue;
      for (const yaml::NodeRef child : place.node) siblings.push_back(child.key());
    }
    const std::string_view near = nearest(path.back(), siblings);
    if (!near.empty()) {
      KeyPath better = parent;
      better.emplace_back(near);
      return join_path(better);
    }
    found_.clear();
    for (const ValuesFile& file : run_.values_files) {
      if (!file.is_given && file.tree != nullptr) find_elsewhere(file.tree->root(), file.scope, path.back());
    }
    return found_.size() == 1 ? found_.front() : std::string();
  }

 private:
  void find_elsewhere(yaml::NodeRef map, const std::string& path, const std::string& name) {
    if (!map.is_map()) return;
    for (const yaml::NodeRef child : map) {
      const std::string below = path.empty() ? std::string(child.key()) : path + "." + std::string(child.key());
      if (child.key() == name) found_.push_back(below);
      find_elsewhere(child, below, name);
    }
  }

  const Run& run_;
  std::vector<std::string> found_;
};

void check(ChartContext& context) {
  if (context.chart() == nullptr) return;
  context.applies();
  for (const UnreadKey& key : unknown_keys(context)) {
    const std::string path = join_path(key.path);
    const std::string better = Suggester(*context.runs().front()).suggest(key.path);
    context
        .report_span(key.span, "no template reads " + path + ", and the chart has no such value" +
                                   (better.empty() ? "" : "; did you mean '" + better + "'?"))
        .path(path);
  }
}

}  // namespace

extern const Rule rule{
    .name = "unknown-value",
    .category = Category::values,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IHelmValuesAPI",
    .summary = "An environment sets a key that the chart does not know",
    .remedy = "Correct the name, or delete the key.",
    .documentation = R"(## What it does
Reports keys in the values files of environments that no template reads in any of them and that values.yaml, of the
chart or of the sub-chart they are for, does not have. Names the nearest key that there is.

## Why
What the environment was meant to have it does not have: the default is in force, and nothing says so.

## Example
```yaml
# wrong
tmsOdoo:
  replicaCuont: 3
```
```yaml
# right
tmsOdoo:
  replicaCount: 3
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::unknown_value
