#include "lint/support/rollout.h"

#include <algorithm>

namespace rhumb::lint {
namespace {

std::optional<std::int64_t> scaled(Node field, std::int64_t replicas, bool round_up) {
  using manifest::IntOrString;
  const auto value = field.is_null() ? IntOrString::of("25%") : manifest::int_or_string(field);
  if (!value) return {};
  const auto number = manifest::scaled_value(*value, replicas, round_up);
  if (!number) return {};
  return *number;
}

bool has_mode(Node modes, std::string_view mode) {
  const std::vector<std::string> texts = modes.texts();
  return std::find(texts.begin(), texts.end(), mode) != texts.end();
}

bool opens_node_port(const Container& container) {
  const Node ports = container.node["ports"];
  return std::any_of(ports.children().begin(), ports.children().end(),
                     [](const yaml::TreeNode& port) { return Node(&port)["hostPort"].integer().value_or(0) != 0; });
}

}  // namespace

std::optional<RollingUpdate> rolling_update(const Workload& deployment, std::int64_t replicas) {
  const Node strategy = deployment.object->spec()["strategy"];
  const std::string_view type = strategy["type"].text();
  if (!type.empty() && type != "RollingUpdate") return {};
  const auto surge = scaled(strategy["rollingUpdate"]["maxSurge"], replicas, true);
  const auto unavailable = scaled(strategy["rollingUpdate"]["maxUnavailable"], replicas, false);
  if (!surge || !unavailable) return {};
  if (*surge == 0 && *unavailable == 0) return RollingUpdate{0, 1};
  return RollingUpdate{*surge, *unavailable};
}

Sharing sharing_of(const manifest::Volume& volume, const Workload& workload, const Objects& objects) {
  if (volume.source() != "persistentVolumeClaim") return Sharing::shared;
  // Each pod of a StatefulSet has a claim of its own.
  if (volume.is_claim_template) return Sharing::shared;
  const std::string_view name = volume.node["persistentVolumeClaim"]["claimName"].scalar_text();
  const Object* const claim = objects.find("", "PersistentVolumeClaim", workload.namespace_(), name);
  if (claim == nullptr) return Sharing::unknown;
  const Node modes = claim->spec()["accessModes"];
  if (modes.empty()) return Sharing::unknown;
  return has_mode(modes, "ReadWriteMany") || has_mode(modes, "ReadOnlyMany") ? Sharing::shared : Sharing::exclusive;
}

bool needs_to_be_alone(const Workload& workload, const Objects& objects) {
  if (workload.pod_spec["hostNetwork"].is_true()) return true;
  if (std::any_of(workload.containers.begin(), workload.containers.end(), opens_node_port)) return true;
  const std::vector<manifest::Volume> volumes = manifest::volumes(workload);
  return std::any_of(volumes.begin(), volumes.end(), [&](const manifest::Volume& volume) {
    return volume.source() == "hostPath" || sharing_of(volume, workload, objects) != Sharing::shared;
  });
}

}  // namespace rhumb::lint
