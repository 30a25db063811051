#include "lint/support/chart_rule.h"

namespace rhumb::lint::chart_type_invalid {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  const std::string& type = yaml->metadata.type;
  if (type.empty()) return;
  if (type != "application" && type != "library") {
    context.report_span(yaml->field_span("type"), "type '" + type + "' is neither application nor library")
        .explains("validation: chart.metadata.type must be application or library")
        .path("type");
  } else if (yaml->metadata.api_version == "v1") {
    context
        .report_span(yaml->field_span("type"),
                     "chart type is not valid in apiVersion 'v1'. It is valid in apiVersion 'v2'")
        .path("type");
  }
}

}  // namespace

extern const Rule rule{
    .name = "chart-type-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The chart's type is none that Helm knows, or stands in a chart of apiVersion v1",
    .remedy = "Write `application` or `library`, and `apiVersion: v2`.",
    .documentation = R"(## What it does
Reports a `type` in Chart.yaml other than `application` and `library`, and any type in a chart of `apiVersion: v1`.

## Why
Helm does not load a chart of an unknown type. Version 1 of the format has no types, and older tools ignore them.

## Example
```yaml
# wrong
apiVersion: v1
name: helpers
version: 1.0.0
type: library
```
```yaml
# right
apiVersion: v2
name: helpers
version: 1.0.0
type: library
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_type_invalid
