#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::runtime_socket_mounted {
namespace {

constexpr std::string_view sockets[] = {
    "/run/docker.sock",        "/run/containerd/containerd.sock",     "/run/crio/crio.sock",
    "/run/podman/podman.sock", "/run/k3s/containerd/containerd.sock", "/run/cri-dockerd.sock",
    "/run/dockershim.sock",    "/run/dockershim/dockershim.sock",
};

/// Without doubled and trailing slashes; /var/run is /run.
std::string plain_path(std::string_view path) {
  std::string plain;
  for (const char c : path) {
    if (c != '/' || plain.empty() || plain.back() != '/') plain += c;
  }
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  if (plain == "/var/run" || plain.starts_with("/var/run/")) plain.erase(0, 4);
  return plain;
}

/// The socket that the path is or holds; empty for none. Folders above /run hold much else and are left to host-path.
std::string_view socket_at(const std::string& path) {
  if (path == "/" || path.empty()) return {};
  for (const std::string_view socket : sockets) {
    if (socket == path || (socket.starts_with(path) && socket[path.size()] == '/')) return socket;
  }
  return path.ends_with("/docker.sock") || path.ends_with("/containerd.sock") ? std::string_view(path) : "";
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const manifest::Volume& volume : manifest::volumes(*workload)) {
      const std::string path = plain_path(volume.node["hostPath"]["path"].scalar_text());
      const std::string_view socket = socket_at(path);
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
    .remedy = "Build images and start pods by the API server, not by the runtime.",
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
