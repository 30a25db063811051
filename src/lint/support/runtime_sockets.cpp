#include "lint/support/runtime_sockets.h"

namespace rhumb::lint {
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

std::string_view socket_at(const std::string& path) {
  if (path == "/" || path.empty()) return {};
  for (const std::string_view socket : sockets) {
    if (socket == path || (socket.starts_with(path) && socket[path.size()] == '/')) return socket;
  }
  return path.ends_with("/docker.sock") || path.ends_with("/containerd.sock") ? std::string_view(path) : "";
}

}  // namespace

std::string runtime_socket(const manifest::Volume& volume) {
  const std::string path = plain_path(volume.node["hostPath"]["path"].scalar_text());
  return std::string(socket_at(path));
}

}  // namespace rhumb::lint
