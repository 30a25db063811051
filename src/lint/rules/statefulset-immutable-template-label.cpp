#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::statefulset_immutable_template_label {
namespace {

constexpr std::array<std::string_view, 5> version_keys{"helm.sh/chart", "app.kubernetes.io/version", "chart", "version",
                                                       "chart-version"};

/// What changes with the chart: its version, or that of what it installs.
bool changes(const Context& context, Node entry) {
  if (std::find(version_keys.begin(), version_keys.end(), entry.key()) != version_keys.end()) return true;
  const chart::Chart* const chart = context.run().chart.get();
  if (chart == nullptr || chart->metadata.version.empty()) return false;
  std::string whole = chart->metadata.name + "-" + chart->metadata.version;
  std::replace(whole.begin(), whole.end(), '+', '_');
  return entry.scalar_text() == whole;
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (workload->kind() != "StatefulSet") continue;
    for (const manifest::Volume& volume : manifest::volumes(*workload)) {
      if (!volume.is_claim_template) continue;
      for (const std::string_view field : {"labels", "annotations"}) {
        const Node map = volume.node["metadata"][field];
        if (!map.is_map()) continue;
        for (const Node entry : map) {
          if (!changes(context, entry)) continue;
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
    .category = Category::delivery,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Pod restart with data preservation",
    .summary = "A claim template carries a label that changes with the chart's version",
    .remedy = "Give claim templates the labels of the selector only.",
    .documentation = R"(## What it does
Finds labels and annotations in the metadata of `volumeClaimTemplates` that hold a version: helm.sh/chart,
app.kubernetes.io/version, and whatever has the chart's name and version as its value.

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
    .check = check,
};

}  // namespace rhumb::lint::statefulset_immutable_template_label
