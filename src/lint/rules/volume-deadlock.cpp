#include <fmt/format.h>

#include "lint/support/rollout.h"

namespace rhumb::lint::volume_deadlock {
namespace {

/// The strategy is what can be changed; the claim only shows why it must be.
void report(Context& context, const Workload& workload, const manifest::Volume& volume) {
  const Node name = volume.node["persistentVolumeClaim"]["claimName"];
  const Node spec = workload.object->spec();
  const std::string message = fmt::format(
      "an update of {} starts the new pod beside the old one, and the claim {} goes to one node at a time: "
      "the new pod may never start",
      workload.title(), name.scalar_text());
  DraftRef draft = spec["strategy"].is_map() ? context.report_field(workload, spec["strategy"], "type", message)
                                             : context.report_missing(workload, spec, "strategy", message);
  draft.key(std::string(name.scalar_text())).related(*workload.object, name, "the claim is mounted here");
  draft.hint("use strategy Recreate, or maxSurge 0 with maxUnavailable 1");
}

void check(Context& context) {
  for (const Workload* workload : context.scalable()) {
    if (workload->kind() != "Deployment") continue;
    const manifest::Replicas replicas = context.workloads().replicas(*workload);
    // Several pods on such a claim are a fault of their own: shared-volume-not-rwx.
    if (replicas.most != 1) continue;
    const auto update = rolling_update(*workload, 1);
    if (!update || update->surge == 0) continue;
    for (const manifest::Volume& volume : manifest::volumes(*workload)) {
      if (sharing_of(volume, *workload, context.objects()) == Sharing::exclusive) report(context, *workload, volume);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "volume-deadlock",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "A rolling update waits for a volume that the old pod holds",
    .remedy = "Use the strategy Recreate, or a StatefulSet, or a claim that is ReadWriteMany.",
    .documentation = R"(## What it does
Finds Deployments of one pod whose rolling update starts a second pod beside the first, while both mount a
PersistentVolumeClaim of the release that is neither ReadWriteMany nor ReadOnlyMany.

## Why
A ReadWriteOnce volume goes to one node. When the new pod lands on another one it waits for the volume, and the old pod,
which holds it, waits for the new one to become ready.

## Example
```yaml
# wrong: the claim is ReadWriteOnce
strategy:
  type: RollingUpdate
```
```yaml
# right
strategy:
  type: Recreate
```
)",
    .check = check,
};

}  // namespace rhumb::lint::volume_deadlock
