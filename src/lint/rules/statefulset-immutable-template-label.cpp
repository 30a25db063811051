#include <fmt/format.h>

#include "lint/support/version_labels.h"

namespace rhumb::lint::statefulset_immutable_template_label {
namespace {

constexpr Parameter parameters[] = {version_labels_parameter};

void check(Context& context) {
  const VersionLabels versions(context);
  for (const Workload* workload : context.all_workloads()) {
    if (workload->kind() != "StatefulSet") continue;
    for (const manifest::Volume& volume : manifest::volumes(*workload)) {
      if (!volume.is_claim_template) continue;
      for (const std::string_view field : {"labels", "annotations"}) {
        const Node map = volume.node["metadata"][field];
        if (!map.is_map()) continue;
        for (const Node entry : map) {
          if (!versions.change(entry)) continue;
          context.report(*workload, entry,
                         fmt::format("{} of claim template {} changes with the chart, but the template may not",
                                     entry.key(), volume.name));
        }
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "statefulset-immutable-template-label",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014, LOOMWORKS: Pod restart with data preservation",
    .summary = "A claim template carries a label that changes with the chart's version",
    .remedy = "Give claim templates the labels of the selector only.",
    .documentation = R"(## What it does
Finds labels and annotations in the metadata of `volumeClaimTemplates` that change with the version of the chart or of the
application: those in `labels`, any whose value is the version of one of the charts, and any that is called `version` or
`chart` and holds one.

## Why
`volumeClaimTemplates` cannot be changed. The next version of the chart cannot be installed over this one: "updates to
statefulset spec ... are forbidden".

## Example
```yaml
# wrong
volumeClaimTemplates:
  - metadata:
      name: data
      labels: {helm.sh/chart: postgres-1.4.2}
```
```yaml
# right
volumeClaimTemplates:
  - metadata:
      name: data
      labels: {app.kubernetes.io/name: postgres}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::statefulset_immutable_template_label
