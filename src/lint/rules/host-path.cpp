#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/runtime_sockets.h"

namespace rhumb::lint::host_path {
namespace {

/// Its mounts are findings of their own, and what cures them removes the volume.
bool is_mounted_socket(const Workload& workload, Node volume) {
  const std::vector<manifest::Volume> volumes = manifest::volumes(workload);
  return std::any_of(volumes.begin(), volumes.end(), [&](const manifest::Volume& each) {
    return each.node == volume && !each.mounts.empty() && !runtime_socket(each).empty();
  });
}

void check(Context& context) {
  const bool leaves_sockets = context.is_on("runtime-socket-mounted");
  for (const Workload* workload : context.all_workloads()) {
    const Node volumes = workload->pod_spec["volumes"];
    if (!volumes.is_list()) continue;
    for (const Node volume : volumes) {
      const Node source = volume["hostPath"];
      if (source.is_null() || (leaves_sockets && is_mounted_socket(*workload, volume))) continue;
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
    .remedy =
        "Use an emptyDir, a claim, a ConfigMap or a projected volume. What is made for its node is accepted on "
        "purpose, "
        "and mounts read-only what it only reads.",
    .documentation = R"(## What it does
Finds volumes of the type `hostPath`. The socket of a container runtime, or its folder, that a container mounts is left
to `runtime-socket-mounted` where that rule is on.

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
