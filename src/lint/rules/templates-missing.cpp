#include <algorithm>

#include "lint/support/chart_rule.h"

namespace rhumb::lint::templates_missing {
namespace {

/// A chart may be made of sub-charts, or of CRDs, alone.
bool holds_something_else(const ChartContext& context, const ChartYaml& yaml) {
  const bool has_dependencies = yaml.metadata.dependencies && !yaml.metadata.dependencies->empty();
  return has_dependencies || context.source()->has_below("charts/") || context.source()->has_below("crds/");
}

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  const ChartSource& source = *context.source();
  FileKind kind = source.has_below("templates/") ? FileKind::directory : FileKind::missing;
  if (source.is_folder) {
    if (const auto status = context.files().status(source.path_of("templates"))) kind = status->kind;
  }
  if (kind == FileKind::missing) {
    if (holds_something_else(context, *yaml)) return;
    context.report_span({yaml->file, 0, 0}, "the chart has no folder templates/");
  } else if (kind != FileKind::directory) {
    const chart::File* const file = source.find("templates");
    context.report_span({file == nullptr ? yaml->file : file->source, 0, 0}, "templates is not a directory");
  }
}

}  // namespace

extern const Rule rule{
    .name = "templates-missing",
    .category = Category::chart,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The chart has no folder templates/",
    .remedy = "Put the templates into templates/; its name is not a matter of choice.",
    .documentation = R"(## What it does
Reports a chart without a folder templates/, or with a file of that name. A chart that consists of sub-charts or of
CRDs needs no templates of its own.

## Why
The chart installs nothing. Mostly the folder is misspelt, or left out of the archive.

## Example
```yaml
# wrong: odoo/template/deployment.yaml
```
```yaml
# right: odoo/templates/deployment.yaml
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::templates_missing
