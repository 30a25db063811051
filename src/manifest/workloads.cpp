#include "rhumb/manifest/workloads.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace rhumb::manifest {
namespace {

struct WorkloadKind {
  std::string_view kind;
  std::string_view group;
  bool scalable;
};

constexpr std::array workload_kinds{
    WorkloadKind{"Deployment", "apps", true},
    WorkloadKind{"StatefulSet", "apps", true},
    WorkloadKind{"DaemonSet", "apps", false},
    WorkloadKind{"ReplicaSet", "apps", true},
    WorkloadKind{"Deployment", "extensions", true},
    WorkloadKind{"DaemonSet", "extensions", false},
    WorkloadKind{"ReplicaSet", "extensions", true},
    WorkloadKind{"ReplicationController", "", true},
    WorkloadKind{"Pod", "", false},
    WorkloadKind{"Job", "batch", false},
    WorkloadKind{"CronJob", "batch", false},
    WorkloadKind{"Rollout", "argoproj.io", true},
    WorkloadKind{"DeploymentConfig", "apps.openshift.io", true},
};

const WorkloadKind* workload_kind(const Object& object) {
  const auto* const found = std::find_if(workload_kinds.begin(), workload_kinds.end(), [&](const WorkloadKind& known) {
    return known.kind == object.kind && known.group == object.group;
  });
  return found == workload_kinds.end() ? nullptr : found;
}

Node pod_template_of(const Object& object) {
  if (object.kind == "Pod") return object.root;
  if (object.kind == "CronJob") return object.spec().at({"jobTemplate", "spec", "template"});
  return object.spec()["template"];
}

void add_containers(Workload& workload, std::string_view field, ContainerKind kind) {
  const Node list = workload.pod_spec[field];
  if (!list.is_list()) return;
  for (const Node node : list) {
    ContainerKind own = kind;
    if (kind == ContainerKind::init && node["restartPolicy"].text() == "Always") own = ContainerKind::sidecar;
    workload.containers.push_back({own, node, node["name"].scalar_text()});
  }
}

/// The API server takes no text for a number, but what is meant is plain: one mistake is not to look like several.
std::optional<std::int64_t> port_number(Node node) {
  if (!node.is_string()) return node.integer();
  const std::string_view text = node.text();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

}  // namespace

std::string Workload::title() const { return std::string(object->kind) + "/" + std::string(object->name); }

bool Workload::is_service() const { return !is_job() && !object->is_hook(); }

bool Workload::is_scalable() const {
  const WorkloadKind* const known = workload_kind(*object);
  return known != nullptr && known->scalable;
}

std::vector<Port> container_ports(Node container) {
  std::vector<Port> ports;
  const Node list = container["ports"];
  if (!list.is_list()) return ports;
  for (const Node node : list) {
    const auto number = port_number(node["containerPort"]);
    if (!number) continue;
    const std::string_view protocol = node["protocol"].text();
    ports.push_back({node["name"].text(), *number, protocol.empty() ? "TCP" : protocol, node});
  }
  return ports;
}

std::vector<Port> pod_ports(const Workload& workload) {
  std::vector<Port> ports;
  for (const Container& container : workload.containers) {
    if (!container.runs_on()) continue;
    const std::vector<Port> own = container_ports(container.node);
    ports.insert(ports.end(), own.begin(), own.end());
  }
  return ports;
}

std::optional<IntOrString> int_or_string(Node node) {
  if (node.is_string()) return IntOrString::of(std::string(node.text()));
  const auto number = node.integer();
  if (!number || *number < INT32_MIN || *number > INT32_MAX) return {};
  return IntOrString::of(static_cast<std::int32_t>(*number));
}

std::optional<Quantity> quantity(Node node) {
  if (!node.is_string() && !node.is_number()) return {};
  auto read = Quantity::parse(node.scalar_text());
  if (!read) return {};
  return std::move(*read);
}

Workloads::Workloads(const Objects& objects) : objects_(objects) {
  for (const Object& object : objects.all()) add(object);
}

void Workloads::add(const Object& object) {
  if (object.role == Role::crd || workload_kind(object) == nullptr) return;
  Workload workload;
  workload.object = &object;
  workload.pod_template = pod_template_of(object);
  workload.pod_metadata = workload.pod_template["metadata"];
  workload.pod_spec = workload.pod_template["spec"];
  if (!workload.pod_spec.is_map()) return;
  workload.labels = read_labels(workload.pod_metadata["labels"]);
  add_containers(workload, "initContainers", ContainerKind::init);
  add_containers(workload, "containers", ContainerKind::main);
  add_containers(workload, "ephemeralContainers", ContainerKind::ephemeral);
  workloads_.push_back(std::move(workload));
}

const Workload* Workloads::of(const Object& object) const {
  const auto found = std::find_if(workloads_.begin(), workloads_.end(),
                                  [&](const Workload& workload) { return workload.object == &object; });
  return found == workloads_.end() ? nullptr : &*found;
}

const Workload* Workloads::find(std::string_view group, std::string_view kind, std::string_view namespace_,
                                std::string_view name) const {
  const auto found = std::find_if(workloads_.begin(), workloads_.end(), [&](const Workload& workload) {
    const Object& object = *workload.object;
    return object.group == group && object.kind == kind && object.namespace_ == namespace_ && object.name == name;
  });
  return found == workloads_.end() ? nullptr : &*found;
}

ScaleTarget scale_target(const Object& autoscaler) {
  const Node node = autoscaler.spec()["scaleTargetRef"];
  ScaleTarget target{group_of(node["apiVersion"].text()), node["kind"].text(), node["name"].scalar_text(), node};
  // KEDA's defaults; an HPA always names both.
  if (autoscaler.kind == "ScaledObject") {
    if (target.kind.empty()) target.kind = "Deployment";
    if (node["apiVersion"].is_null()) target.group = "apps";
  }
  return target;
}

std::vector<const Object*> Workloads::autoscalers(const Workload& workload) const {
  std::vector<const Object*> found;
  for (const std::string_view kind : {"HorizontalPodAutoscaler", "ScaledObject"}) {
    for (const Object* object : objects_.of_kind(kind)) {
      if (object->namespace_ != workload.namespace_()) continue;
      const ScaleTarget target = scale_target(*object);
      const bool same_group = target.group == workload.object->group;
      if (same_group && target.kind == workload.kind() && target.name == workload.object->name) found.push_back(object);
    }
  }
  return found;
}

namespace {

void read_bounds(Replicas& replicas, const Object& autoscaler) {
  const bool is_keda = autoscaler.kind == "ScaledObject";
  replicas.autoscaler = &autoscaler;
  replicas.least_object = &autoscaler;
  replicas.least_node = autoscaler.spec()[is_keda ? "minReplicaCount" : "minReplicas"];
  replicas.most_node = autoscaler.spec()[is_keda ? "maxReplicaCount" : "maxReplicas"];
  replicas.least = replicas.least_node.integer().value_or(is_keda ? 0 : 1);
  replicas.most = replicas.most_node.integer().value_or(is_keda ? 100 : replicas.least);
}

}  // namespace

Replicas Workloads::replicas(const Workload& workload) const {
  Replicas replicas;
  replicas.least_object = workload.object;
  if (!workload.is_scalable()) return replicas;
  replicas.least_node = replicas.most_node = workload.object->spec()["replicas"];
  replicas.least = replicas.most = replicas.least_node.integer().value_or(1);
  // Replicas of 0 switch an HPA off.
  const std::vector<const Object*> scaled = autoscalers(workload);
  if (!scaled.empty() && (replicas.least != 0 || replicas.least_node.is_null())) read_bounds(replicas, *scaled.front());
  return replicas;
}

std::vector<const Object*> Workloads::selecting(const Workload& workload, std::string_view kind) const {
  std::vector<const Object*> found;
  for (const Object* object : objects_.of_kind(kind)) {
    if (object->namespace_ != workload.namespace_()) continue;
    const Node field = object->spec()[kind == "NetworkPolicy" ? "podSelector" : "selector"];
    if (kind == "NetworkPolicy" && field.is_null()) {
      found.push_back(object);  // the field is required: nothing written is {}
      continue;
    }
    const Selector selector = kind == "Service" ? map_selector_of(field) : selector_of(field);
    if (selector.matches(workload.labels)) found.push_back(object);
  }
  return found;
}

std::vector<const Object*> Workloads::services(const Workload& workload) const {
  std::vector<const Object*> found = selecting(workload, "Service");
  std::erase_if(found, [](const Object* service) {
    return !service->group.empty() || service->spec()["type"].text() == "ExternalName";
  });
  return found;
}

std::vector<const Object*> Workloads::budgets(const Workload& workload) const {
  std::vector<const Object*> found = selecting(workload, "PodDisruptionBudget");
  // policy/v1beta1: an empty selector selects nothing.
  std::erase_if(found, [](const Object* budget) {
    return budget->version == "v1beta1" && selector_of(budget->spec()["selector"]).is_everything();
  });
  return found;
}

std::vector<const Object*> Workloads::network_policies(const Workload& workload) const {
  std::vector<const Object*> found = selecting(workload, "NetworkPolicy");
  std::erase_if(found, [](const Object* policy) {
    return policy->group != "networking.k8s.io" && policy->group != "extensions";
  });
  return found;
}

namespace {

bool monitors_namespace(const Object& monitor, std::string_view namespace_) {
  const Node selector = monitor.spec()["namespaceSelector"];
  if (selector["any"].is_true()) return true;
  const std::vector<std::string> names = selector["matchNames"].texts();
  if (names.empty()) return monitor.namespace_ == namespace_;
  return std::find(names.begin(), names.end(), namespace_) != names.end();
}

}  // namespace

std::vector<const Object*> Workloads::monitors(const Workload& workload) const {
  std::vector<const Object*> found;
  for (const Object* monitor : objects_.of_kind("PodMonitor")) {
    if (!monitors_namespace(*monitor, workload.namespace_())) continue;
    if (selector_of(monitor->spec()["selector"]).matches(workload.labels)) found.push_back(monitor);
  }
  const std::vector<const Object*> own = services(workload);
  for (const Object* monitor : objects_.of_kind("ServiceMonitor")) {
    const Selector selector = selector_of(monitor->spec()["selector"]);
    const bool selects = std::any_of(own.begin(), own.end(), [&](const Object* service) {
      return monitors_namespace(*monitor, service->namespace_) && selector.matches(service->labels);
    });
    if (selects) found.push_back(monitor);
  }
  return found;
}

std::vector<const Workload*> Workloads::selected(const Selector& selector, std::string_view namespace_) const {
  std::vector<const Workload*> found;
  for (const Workload& workload : workloads_) {
    if (workload.namespace_() == namespace_ && selector.matches(workload.labels)) found.push_back(&workload);
  }
  return found;
}

std::vector<const Workload*> Workloads::behind(const Object& service) const {
  if (service.spec()["type"].text() == "ExternalName") return {};
  return selected(map_selector_of(service.spec()["selector"]), service.namespace_);
}

std::string_view Workloads::service_account_name(const Workload& workload) {
  for (const std::string_view field : {"serviceAccountName", "serviceAccount"}) {
    const std::string_view name = workload.pod_spec[field].text();
    if (!name.empty()) return name;
  }
  return "default";
}

const Object* Workloads::service_account(const Workload& workload) const {
  return objects_.find("", "ServiceAccount", workload.namespace_(), service_account_name(workload));
}

}  // namespace rhumb::manifest
