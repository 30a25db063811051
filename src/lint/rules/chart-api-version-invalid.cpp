#include "lint/support/chart_rule.h"

namespace rhumb::lint::chart_api_version_invalid {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr || has_known_api_version(*yaml)) return;
  const std::string& given = yaml->metadata.api_version;
  const std::string what = given.empty() ? "apiVersion is required." : "apiVersion '" + given + "' is not valid.";
  DraftRef draft =
      context.report_span(yaml->field_span("apiVersion"), what + R"( The value must be either "v1" or "v2")");
  draft.path("apiVersion");
  if (!given.empty()) draft.explains(given == "v3" ? "invalid chart apiVersion" : "unsupported chart version");
}

}  // namespace

extern const Rule rule{
    .name = "chart-api-version-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Chart.yaml has no apiVersion, or one that Helm does not render",
    .remedy = "Write `apiVersion: v2`.",
    .documentation = R"(## What it does
Reports a Chart.yaml whose `apiVersion` is neither `v1` nor `v2`, or missing.

## Why
Helm refuses other versions. A chart without one is read as `v1`, in which `dependencies` and `type` do not exist.

## Example
```yaml
# wrong
name: odoo
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

}  // namespace rhumb::lint::chart_api_version_invalid
