#include <fmt/format.h>

#include "lint/support/version_labels.h"

namespace rhumb::lint::immutable_selector_label {
namespace {

constexpr Parameter parameters[] = {version_labels_parameter};

void check(Context& context) {
  const VersionLabels versions(context);
  for (const Workload* workload : context.all_workloads()) {
    const Object& object = *workload->object;
    const Node selector = object.spec()["selector"];
    if (object.group != "apps" || !selector.is_map()) continue;
    for (const Node label : selector["matchLabels"]) {
      if (!versions.change(label)) continue;
      context.report(
          object, label,
          fmt::format("{} has the label {}: {}, which changes with the version, in its selector, which may not",
                      object.kind, label.key(), label.scalar_text()));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "immutable-selector-label",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .summary = "A selector that may never change holds a label that does",
    .remedy = "Use labels that stay: app.kubernetes.io/name and app.kubernetes.io/instance.",
    .documentation = R"(## What it does
Looks for labels that change with the version of the chart or of the application in the selectors of Deployments,
StatefulSets, DaemonSets and ReplicaSets: those in `labels`, any whose value is the version of one of the charts, and any
that is called `version` or `chart` and holds one. The `volumeClaimTemplates` of StatefulSets are the matter of
`statefulset-immutable-template-label`.

## Why
Selectors are immutable. The first installation works; the next upgrade fails with "field is immutable", and only
deleting the workload helps.

## Example
```yaml
# wrong
kind: Deployment
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: web
      app.kubernetes.io/version: "1.4.2"
```
```yaml
# right
kind: Deployment
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: web
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::immutable_selector_label
