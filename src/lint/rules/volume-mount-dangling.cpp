#include <fmt/format.h>

#include <set>

#include "lint/context.h"

namespace rhumb::lint::volume_mount_dangling {
namespace {

void check_list(Context& context, const Workload& workload, Node list, const std::set<std::string_view>& names) {
  if (!list.is_list()) return;
  for (const Node mount : list) {
    const std::string_view name = mount["name"].scalar_text();
    if (name.empty() || names.contains(name)) continue;
    context.report(workload, mount["name"], fmt::format("the pod of {} has no volume {}", workload.title(), name));
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    std::set<std::string_view> names;
    for (const manifest::Volume& volume : manifest::volumes(*workload)) names.insert(volume.name);
    for (const Container& container : workload->containers) {
      check_list(context, *workload, container.node["volumeMounts"], names);
      check_list(context, *workload, container.node["volumeDevices"], names);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "volume-mount-dangling",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: StatefulSet creation, LOOMWORKS: ReadWriteMany access",
    .summary = "A container mounts a volume that its pod does not have",
    .remedy = "Add the volume or the claim template, or drop the mount.",
    .documentation = R"(## What it does
Looks up every name in `volumeMounts` and `volumeDevices` among the pod's volumes and, in a StatefulSet, among the
`volumeClaimTemplates`.

## Why
The API server refuses the pod; in a StatefulSet the pods are never made. It happens where the volume and the mount stand
behind different conditions of a template.

## Example
```yaml
# wrong
containers: [{name: app, volumeMounts: [{name: data, mountPath: /data}]}]
volumes: []
```
```yaml
# right
containers: [{name: app, volumeMounts: [{name: data, mountPath: /data}]}]
volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::volume_mount_dangling
