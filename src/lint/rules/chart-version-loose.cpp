#include "lint/support/chart_rule.h"
#include "rhumb/base/semver.h"

namespace rhumb::lint::chart_version_loose {
namespace {

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  const std::string& version = yaml->metadata.version;
  // What is no version at all, or a number, is the business of chart-version-invalid.
  if (!yaml->field("version").is_string() || !semver::parse(version) || semver::parse_strict(version)) return;
  context.report_span(yaml->field_span("version"), "version '" + version + "' is not a valid SemVerV2")
      .hint("write \"" + semver::parse(version)->string() + "\"")
      .path("version");
}

}  // namespace

extern const Rule rule{
    .name = "chart-version-loose",
    .category = Category::chart,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The chart's version is not written as SemVer 2 asks for",
    .remedy = "Write three numbers without a leading v: `version: 1.2.3`.",
    .documentation = R"(## What it does
Reports a `version` that Helm can read but that is not exactly a semantic version: a leading `v`, fewer than three
parts, leading zeros.

## Why
Registries, `helm package` and other tools read versions more strictly, or write them differently than they are here.

## Example
```yaml
# wrong
apiVersion: v2
name: odoo
version: v1.2
```
```yaml
# right
apiVersion: v2
name: odoo
version: 1.2.0
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_version_loose
