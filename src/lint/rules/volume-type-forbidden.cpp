#include <fmt/format.h>
#include <algorithm>

#include "lint/context.h"

namespace rhumb::lint::volume_type_forbidden {
namespace {

constexpr std::string_view allowed_types[] = {"configMap", "csi",    "downwardAPI",           "emptyDir", "ephemeral",
                                              "image",     "secret", "persistentVolumeClaim", "projected"};

/// The field that says where the volume comes from; none for an emptyDir, which is what a volume without one becomes.
Node forbidden_source(Node volume) {
  Node found;
  for (const Node field : volume) {
    if (field.key() == "name" || field.is_null()) continue;
    if (field.key() == "hostPath") return {};
    if (std::find(std::begin(allowed_types), std::end(allowed_types), field.key()) != std::end(allowed_types))
      return {};
    found = field;
  }
  return found;
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const Node volumes = workload->pod_spec["volumes"];
    if (!volumes.is_list()) continue;
    for (const Node volume : volumes) {
      if (!volume.is_map()) continue;
      const Node source = forbidden_source(volume);
      if (!source) continue;
      context.report(*workload, source,
                     fmt::format("volume \"{}\" is of the type {}", volume["name"].scalar_text(), source.key()));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "volume-type-forbidden",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_restricted,
    .serves = "PSS restricted",
    .summary = "A volume has a type that pods should not name themselves",
    .remedy = "Use a claim: the PersistentVolume behind it may have that type.",
    .documentation = R"(## What it does
Finds volumes of other types than `configMap`, `csi`, `downwardAPI`, `emptyDir`, `ephemeral`, `image`,
`persistentVolumeClaim`, `projected` and `secret`. `hostPath` is the business of the rule host-path.

## Why
Volumes that name a server (`nfs`, `iscsi`, `cephfs` ...) let a pod reach any storage that its node can reach. Behind a
claim an administrator decides. Most of these types are gone from Kubernetes besides.

## Example
```yaml
# wrong
volumes:
  - name: data
    nfs:
      server: files.example.com
      path: /export
```
```yaml
# right
volumes:
  - name: data
    persistentVolumeClaim:
      claimName: data
```
)",
    .check = check,
};

}  // namespace rhumb::lint::volume_type_forbidden
