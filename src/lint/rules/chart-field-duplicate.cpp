#include "lint/support/chart_rule.h"

namespace rhumb::lint::chart_field_duplicate {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  for (const yaml::Tree::Duplicate& field : yaml->tree->duplicates()) {
    context.report_span({yaml->file, field.begin, field.end},
                        "'" + std::string(field.key) + "' stands here a second time below, and the last one counts");
  }
}

}  // namespace

extern const Rule rule{
    .name = "chart-field-duplicate",
    .category = Category::chart,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A field of Chart.yaml is given twice",
    .remedy = "Delete the one that does not count: the first.",
    .documentation = R"(## What it does
Reports every key of Chart.yaml that stands twice in the same map, at any depth.

## Why
The last one counts, and whoever reads the first one is misled. Stricter readers of YAML refuse the file.

## Example
```yaml
# wrong
apiVersion: v2
name: odoo
version: 1.0.0
version: 1.1.0
```
```yaml
# right
apiVersion: v2
name: odoo
version: 1.1.0
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_field_duplicate
