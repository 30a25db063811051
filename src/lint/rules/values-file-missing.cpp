#include "lint/support/chart_rule.h"

namespace rhumb::lint::values_file_missing {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  // The partials of a library are given their values by those who include them.
  if (yaml == nullptr || yaml->metadata.type == "library" || context.source()->find("values.yaml") != nullptr) return;
  context.report_span({yaml->file, 0, 0}, "the chart has no values.yaml");
}

}  // namespace

extern const Rule rule{
    .name = "values-file-missing",
    .category = Category::chart,
    .severity = Severity::info,
    .since = "0.2",
    .summary = "The chart has no values.yaml",
    .remedy = "Write one with every key that the templates read, and its default.",
    .documentation = R"(## What it does
Reports an application chart without a values.yaml.

## Why
The file is where people look for what can be set. A chart without anything to set needs none, so the rule is part of no
preset.

## Example
```yaml
# wrong: templates read .Values.replicas, and no file says so
```
```yaml
# right
replicas: 2
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::values_file_missing
