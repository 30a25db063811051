#include "lint/support/unread.h"

namespace rhumb::lint::unused_value {
namespace {

void check(ChartContext& context) {
  if (context.chart() == nullptr) return;
  context.applies();
  for (const UnreadKey& key : unread_everywhere(context, false)) {
    // Global values are there for charts that are not here, too.
    if (key.path.front() == "global") continue;
    const std::string path = join_path(key.path);
    DraftRef draft = context.report_span(key.span, "no template reads " + path + ", in any environment");
    draft.path(path);
    for (const Span place : key.overrides) draft.related(place, "set here as well");
  }
}

}  // namespace

extern const Rule rule{
    .name = "unused-value",
    .category = Category::values,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IHelmValuesAPI",
    .summary = "No template reads a key of the chart's values.yaml",
    .remedy = "Delete the key, or correct its name where it is given or where it is read.",
    .documentation = R"(## What it does
Notes which values the templates of the chart and its sub-charts look at while every environment is rendered, as a whole
(`toYaml`, `range`) or one by one, and which ones they name in parts that are not reached. Reports the keys of
values.yaml that are left: of the chart and of sub-charts that are folders. Sub-charts that no environment switches on,
libraries and `global` are left alone.

## Why
Whoever sets such a key believes that it does something. Often the template has the name in another spelling.

## Example
```yaml
# wrong: the template says {{ .Values.replicas }}
replicaCount: 2
```
```yaml
# right
replicas: 2
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::unused_value
