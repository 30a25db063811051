#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"

namespace rhumb::lint::volume_plugin_removed {
namespace {

struct Plugin {
  std::string_view field;
  int since;
};

constexpr std::array plugins{
    Plugin{"photonPersistentDisk", 16},
    Plugin{"gitRepo", 33},
    Plugin{"scaleIO", 22},
    Plugin{"flocker", 25},
    Plugin{"storageos", 25},
    Plugin{"quobyte", 25},
    Plugin{"glusterfs", 26},
    Plugin{"cephfs", 31},
    Plugin{"rbd", 31},
};

void check_source(Context& context, const Object& object, Node source) {
  for (const Plugin& plugin : plugins) {
    const Node field = source[plugin.field];
    if (field.is_null() || !context.kube_at_least(1, plugin.since)) continue;
    context.report(object, field,
                   fmt::format("volumes of the kind {} do not work since Kubernetes 1.{}", plugin.field, plugin.since));
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Node volume : workload->pod_spec["volumes"]) check_source(context, *workload->object, volume);
  }
  for (const Object* volume : context.of_kind("PersistentVolume")) check_source(context, *volume, volume->spec());
}

}  // namespace

extern const Rule rule{
    .name = "volume-plugin-removed",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A volume is of a kind that Kubernetes does not have any more",
    .remedy = "Use the CSI driver of the storage; in place of gitRepo an init container that clones.",
    .documentation = R"(## What it does
Finds volumes of pods and PersistentVolumes whose plugin was taken out of Kubernetes before the environment's version, or
switched off as `gitRepo` was with 1.33.

## Why
The pod waits for its volume for ever.

## Example
```yaml
# wrong
volumes: [{name: src, gitRepo: {repository: "https://example.com/site.git"}}]
```
```yaml
# right
initContainers:
  - name: clone
    args: [clone, "https://example.com/site.git", /src]
    volumeMounts: [{name: src, mountPath: /src}]
volumes: [{name: src, emptyDir: {}}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::volume_plugin_removed
