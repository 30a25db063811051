#include "lint/support/chart_rule.h"
#include "lint/support/go_type.h"

namespace rhumb::lint::chart_app_version_mistyped {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  const yaml::NodeRef node = yaml->root()["appVersion"];
  if (!node || node.is_string()) return;
  DraftRef draft =
      context.report_span(yaml->span(node), "appVersion should be of type string but it's of type " + go_type_of(node));
  draft.path("appVersion");
  if (node.is_scalar()) draft.hint("put it in quotes: \"" + std::string(node.scalar_text()) + "\"");
}

}  // namespace

extern const Rule rule{
    .name = "chart-app-version-mistyped",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "YAML reads the chart's appVersion as something else than a text",
    .remedy = "Put the version in quotes.",
    .documentation = R"(## What it does
Reports an `appVersion` in Chart.yaml that YAML reads as a number, a truth value or nothing.

## Why
Templates use it as the tag of an image: `1.10` arrives there as `1.1`, and a git commit such as `1e10` as a large
number.

## Example
```yaml
# wrong
apiVersion: v2
name: odoo
version: 1.0.0
appVersion: 18.0
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

}  // namespace rhumb::lint::chart_app_version_mistyped
