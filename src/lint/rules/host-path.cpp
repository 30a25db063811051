#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::host_path {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const Node volumes = workload->pod_spec["volumes"];
    if (!volumes.is_list()) continue;
    for (const Node volume : volumes) {
      const Node source = volume["hostPath"];
      if (source.is_null()) continue;
      const Node path = source["path"];
      context.report(*workload, path ? path : source,
                     fmt::format("volume \"{}\" is {} of the node", volume["name"].scalar_text(),
                                 path ? path.scalar_text() : "a path"));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "host-path",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .profiles = profile_both,
    .serves = "PSS baseline, PSS restricted",
    .peers = "kube-linter/sensitive-host-mounts, kube-linter/writable-host-mount, polaris/hostPathSet",
    .summary = "A pod mounts a folder or file of its node",
    .remedy = "Use an emptyDir, a claim, a ConfigMap or a projected volume.",
    .documentation = R"(## What it does
Finds volumes of the type `hostPath`.

## Why
A path of the node is shared with the node and with every pod that mounts it; many a path (`/`, `/etc`,
`/var/lib/kubelet`, a socket of the container runtime) is a way to own the node. The data stays behind when the pod
moves on.

## Example
```yaml
# wrong
volumes:
  - name: data
    hostPath:
      path: /srv/data
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

}  // namespace rhumb::lint::host_path
