#include "lint/support/chart_rule.h"
#include "lint/support/go_type.h"
#include "rhumb/base/semver.h"

namespace rhumb::lint::chart_version_invalid {
namespace {

/// As validateChartVersion and validateChartVersionType, helm 4.3.1; empty when all is well.
std::string fault_of(const ChartYaml& yaml) {
  const std::string& version = yaml.metadata.version;
  if (version.empty()) return "version is required";
  const yaml::NodeRef node = yaml.root()["version"];
  if (node && !node.is_string()) return "version should be of type string but it's of type " + go_type_of(node);
  const auto parsed = semver::parse(version);
  if (!parsed) return "version '" + version + "' is not a valid SemVer";
  const auto above_nothing = semver::Constraints::parse(">0.0.0-0");
  const auto reasons = above_nothing->validate(*parsed);
  return reasons.empty() ? std::string() : "version " + reasons.front();
}

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  const std::string fault = fault_of(*yaml);
  if (fault.empty()) return;
  DraftRef draft = context.report_span(yaml->field_span("version"), fault);
  draft.explains("validation: chart.metadata.version ").path("version");
  const yaml::NodeRef node = yaml->root()["version"];
  if (node.is_number()) draft.hint("write three parts, which are no number: \"" + yaml->metadata.version + ".0\"");
}

}  // namespace

extern const Rule rule{
    .name = "chart-version-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The chart has no version, or none that Helm can compare",
    .remedy = "Write a semantic version of three parts: `version: 1.2.3`.",
    .documentation = R"(## What it does
Reports a `version` in Chart.yaml that is missing, that is no semantic version, that YAML reads as a number, or that
comes before every other version (`0.0.0-0`).

## Why
Helm does not load a chart without a version. A number loses digits on the way: `1.10` becomes `1.1`.

## Example
```yaml
# wrong
apiVersion: v2
name: odoo
version: 1.10
```
```yaml
# right
apiVersion: v2
name: odoo
version: 1.10.0
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_version_invalid
