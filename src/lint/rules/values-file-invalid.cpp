#include "lint/support/chart_rule.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::values_file_invalid {
namespace {

constexpr std::string_view prefix = "cannot load values.yaml: ";

void check(ChartContext& context) {
  const ChartSource* const source = context.source();
  const chart::File* const file = source == nullptr ? nullptr : source->find("values.yaml");
  if (file == nullptr) return;
  context.applies();
  const std::string failure = load_failure(context);
  if (!failure.starts_with(prefix)) return;
  const std::string reason = failure.substr(prefix.size());
  context.report_span(line_span(file->source, file->data, reason), "unable to parse YAML: " + reason)
      .explains(std::string(prefix));
}

}  // namespace

extern const Rule rule{
    .name = "values-file-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The chart's values.yaml is no YAML, or no map",
    .remedy = "Repair the line that the message names.",
    .documentation = R"(## What it does
Reports a values.yaml of the chart that Helm cannot read.

## Why
The chart does not load.

## Example
```yaml
# wrong
image:
  tag: "18.0"
 pullPolicy: Always
```
```yaml
# right
image:
  tag: "18.0"
  pullPolicy: Always
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::values_file_invalid
