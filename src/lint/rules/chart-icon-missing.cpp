#include "lint/support/chart_rule.h"

namespace rhumb::lint::chart_icon_missing {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr || !yaml->metadata.icon.empty()) return;
  context.report_span(yaml->field_span("icon"), "icon is recommended").path("icon");
}

}  // namespace

extern const Rule rule{
    .name = "chart-icon-missing",
    .category = Category::opinion,
    .severity = Severity::info,
    .since = "0.2",
    .summary = "The chart has no icon",
    .remedy = "Give Chart.yaml an `icon`, if the chart is to be shown in a catalogue.",
    .documentation = R"(## What it does
Reports a Chart.yaml without `icon`.

## Why
Catalogues of charts show it. A chart that is in none needs no icon, so the rule is part of no preset.

## Example
```yaml
# wrong
apiVersion: v2
name: odoo
version: 1.0.0
```
```yaml
# right
apiVersion: v2
name: odoo
version: 1.0.0
icon: https://example.com/odoo.svg
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_icon_missing
