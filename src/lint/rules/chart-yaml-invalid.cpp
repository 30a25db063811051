#include "lint/support/chart_rule.h"

namespace rhumb::lint::chart_yaml_invalid {
namespace {

/// "keywords" of "... into Go struct field Metadata.keywords of type []string": what holds the wrong shape.
std::string_view field_of(std::string_view message) {
  constexpr std::string_view mark = "Go struct field ";
  const std::size_t at = message.find(mark);
  if (at == std::string_view::npos) return {};
  std::string_view path = message.substr(at + mark.size());
  path = path.substr(0, path.find(' '));
  path = path.substr(std::min(path.size(), path.find('.') + 1));
  return path.substr(0, path.find('.'));
}

void check_directory(ChartContext& context, const ChartSource& source) {
  if (!source.is_folder) return;
  const auto status = context.files().status(source.path_of("Chart.yaml"));
  if (!status || status->kind != FileKind::directory) return;
  context.report_span({}, "Chart.yaml should be a file, not a directory").explains("unable to detect chart at ");
}

void check(ChartContext& context) {
  const ChartSource* const source = context.source();
  if (source == nullptr) return;
  context.applies();
  check_directory(context, *source);
  if (!source->chart_yaml || source->chart_yaml->error.empty()) return;
  const ChartYaml& yaml = *source->chart_yaml;
  const std::string_view field = field_of(yaml.error);
  const Span place = field.empty() ? line_span(yaml.file, yaml.text, yaml.error) : yaml.field_span(field);
  context.report_span(place, "Chart.yaml cannot be read: " + yaml.error).explains("cannot load Chart.yaml: ");
}

}  // namespace

extern const Rule rule{
    .name = "chart-yaml-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Chart.yaml is not YAML of the right shape",
    .remedy = "Repair the line that the message names.",
    .documentation = R"(## What it does
Reports a Chart.yaml that Helm cannot read: a directory of that name, broken YAML, a list where a text belongs.

## Why
No command of Helm does anything with such a chart.

## Example
```yaml
# wrong
apiVersion: v2
name: odoo
keywords: erp
```
```yaml
# right
apiVersion: v2
name: odoo
keywords: [erp]
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_yaml_invalid
