#include "lint/support/chart_rule.h"
#include "lint/support/web_address.h"

namespace rhumb::lint::chart_url_invalid {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  const yaml::NodeRef list = yaml->field("sources");
  const auto& sources = yaml->metadata.sources;
  for (std::size_t i = 0; i < sources.size() && i < list.size(); ++i) {
    if (is_request_url(sources[i])) continue;
    const yaml::NodeRef item = list[i];
    const bool is_written = item.node()->end > item.node()->begin;
    context.report_span(yaml->span(is_written ? item : list), "invalid source URL '" + sources[i] + "'")
        .path(item.path());
  }
  const std::string& icon = yaml->metadata.icon;
  if (!icon.empty() && !is_request_url(icon)) {
    context.report_span(yaml->field_span("icon"), "invalid icon URL '" + icon + "'").path("icon");
  }
}

}  // namespace

extern const Rule rule{
    .name = "chart-url-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A source or the icon in Chart.yaml is no absolute URL",
    .remedy = "Write the whole address, with its scheme: `https://...`.",
    .documentation = R"(## What it does
Reports entries of `sources`, and an `icon`, that are no URL with a scheme.

## Why
Catalogues show them as links; without a scheme they lead nowhere.

## Example
```yaml
# wrong
sources:
  - github.com/odoo/odoo
```
```yaml
# right
sources:
  - https://github.com/odoo/odoo
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_url_invalid
