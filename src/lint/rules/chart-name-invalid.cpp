#include "lint/support/chart_rule.h"
#include "rhumb/base/path.h"
#include "rhumb/base/quote.h"

namespace rhumb::lint::chart_name_invalid {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  const std::string& name = yaml->metadata.name;
  std::string message;
  if (name.empty()) {
    message = "name is required";
  } else if (name != path::base(name) || name == "." || name == "..") {
    message = "chart name " + strings::quoted(name) + " is invalid";
  }
  if (!message.empty()) {
    context.report_span(yaml->field_span("name"), message).explains("validation: chart.metadata.name ").path("name");
  }
}

}  // namespace

extern const Rule rule{
    .name = "chart-name-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The chart has no name, or one with a path in it",
    .remedy = "Give it a plain name: lower-case letters, digits and dashes.",
    .documentation = R"(## What it does
Reports a Chart.yaml without `name`, and a name that is a path: it has a slash in it, or is `.` or `..`.

## Why
Helm does not load the chart.

## Example
```yaml
# wrong
apiVersion: v2
name: erp/odoo
version: 1.0.0
```
```yaml
# right
apiVersion: v2
name: odoo
version: 1.0.0
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_name_invalid
