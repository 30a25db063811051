#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/runtime_sockets.h"

namespace rhumb::lint::runtime_socket_mounted {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const manifest::Volume& volume : manifest::volumes(*workload)) {
      const std::string socket = runtime_socket(volume);
      if (socket.empty()) continue;
      for (const manifest::Mount& mount : volume.mounts) {
        context.report(*workload, mount.node["mountPath"] ? mount.node["mountPath"] : mount.node,
                       fmt::format("container \"{}\" reaches {} of the node", mount.container->name, socket));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "runtime-socket-mounted",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .peers = "kube-linter/docker-sock",
    .summary = "A container reaches the container runtime of its node",
    .remedy =
        "Build images and start pods by the API server, not by the runtime. Accept on purpose what watches the "
        "containers "
        "of its node.",
    .documentation = R"(## What it does
Finds mounts of `hostPath` volumes that are the socket of a container runtime (Docker, containerd, CRI-O, Podman,
cri-dockerd) or the folder that it lies in, `/run` and `/var/run` included. Read-only makes no difference to a socket.

## Why
Who speaks to the runtime starts a privileged container: the node is theirs.

## Example
```yaml
# wrong
volumes:
  - name: docker
    hostPath:
      path: /var/run/docker.sock
```
```yaml
# right
volumes:
  - name: builds
    emptyDir: {}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::runtime_socket_mounted
