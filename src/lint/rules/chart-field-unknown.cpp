#include <array>

#include "lint/support/chart_rule.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"

namespace rhumb::lint::chart_field_unknown {
namespace {

// The fields of Helm 4.3.1's Metadata, Maintainer and Dependency.
constexpr std::array<std::string_view, 17> chart_fields{
    "name",      "home", "sources",    "version",    "description", "keywords",    "maintainers",  "icon", "apiVersion",
    "condition", "tags", "appVersion", "deprecated", "annotations", "kubeVersion", "dependencies", "type"};
constexpr std::array<std::string_view, 3> maintainer_fields{"name", "email", "url"};
constexpr std::array<std::string_view, 8> dependency_fields{"name", "version", "repository",    "condition",
                                                            "tags", "enabled", "import-values", "alias"};

void check_fields(ChartContext& context, const ChartYaml& yaml, yaml::NodeRef map,
                  std::span<const std::string_view> known) {
  if (!map.is_map()) return;
  for (const yaml::NodeRef field : map) {
    const auto is_field = [&](std::string_view name) { return strings::equal_fold(name, field.key()); };
    if (std::any_of(known.begin(), known.end(), is_field)) continue;
    const std::string name(field.key());
    context.report_span(yaml.key_span(field), "Helm knows no field '" + name + "' here" + did_you_mean(name, known))
        .path(field.path());
  }
}

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  check_fields(context, *yaml, yaml->root(), chart_fields);
  for (const yaml::NodeRef maintainer : yaml->field("maintainers")) {
    check_fields(context, *yaml, maintainer, maintainer_fields);
  }
  for (const yaml::NodeRef dependency : yaml->field("dependencies")) {
    check_fields(context, *yaml, dependency, dependency_fields);
  }
}

}  // namespace

extern const Rule rule{
    .name = "chart-field-unknown",
    .category = Category::chart,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Chart.yaml has a field that Helm does not know",
    .remedy = "Correct the name; what is meant for other tools belongs into `annotations`.",
    .documentation = R"(## What it does
Reports every field of Chart.yaml, of a maintainer or of a dependency that Helm does not read. The case of letters does
not matter, as it does not to Helm.

## Why
Helm ignores such a field without a word: a misspelt `condition` leaves a sub-chart on for ever.

## Example
```yaml
# wrong
apiVersion: v2
name: odoo
version: 1.0.0
apVersion: "18.0"
```
```yaml
# right
apiVersion: v2
name: odoo
version: 1.0.0
appVersion: "18.0"
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_field_unknown
