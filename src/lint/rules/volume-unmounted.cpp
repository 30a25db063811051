#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::volume_unmounted {
namespace {

bool is_device(const Workload& workload, std::string_view name) {
  for (const Container& container : workload.containers) {
    for (const Node device : container.node["volumeDevices"]) {
      if (device["name"].scalar_text() == name) return true;
    }
  }
  return false;
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const manifest::Volume& volume : manifest::volumes(*workload)) {
      if (!volume.mounts.empty() || is_device(*workload, volume.name)) continue;
      const Node name = volume.is_claim_template ? volume.node["metadata"]["name"] : volume.node["name"];
      context.report(*workload, name ? name : volume.node,
                     fmt::format("no container of {} mounts the volume {}", workload->title(), volume.name));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "volume-unmounted",
    .category = Category::opinion,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .yields_to = "claim-template-invalid, secret-not-mounted",
    .summary = "No container mounts a volume of its pod",
    .remedy = "Mount the volume, or drop it.",
    .documentation = R"(## What it does
Finds volumes, and claim templates of StatefulSets, that no container mounts.

## Why
The pod waits for the volume all the same. It is a matter of taste, since webhooks mount volumes into containers that
they add, and the CSI driver for secrets syncs a Secret for a volume that is only there.

## Example
```yaml
# wrong
containers: [{name: web}]
volumes: [{name: cache, emptyDir: {}}]
```
```yaml
# right
containers: [{name: web, volumeMounts: [{name: cache, mountPath: /cache}]}]
volumes: [{name: cache, emptyDir: {}}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::volume_unmounted
