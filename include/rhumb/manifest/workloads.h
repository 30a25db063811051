// Workloads: every kind that makes pods, with the pods' containers, and what in a release belongs to them: autoscalers,
// Services, budgets, network policies, monitors, ServiceAccounts. Selectors are matched against the labels of the pod
// template, within the effective namespace.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/manifest/int_or_percent.h"
#include "rhumb/manifest/objects.h"
#include "rhumb/manifest/quantity.h"

namespace rhumb::manifest {

enum class ContainerKind : std::uint8_t {
  main,
  init,     // runs to its end before the main ones
  sidecar,  // an init container with restartPolicy Always: runs beside the main ones
  ephemeral,
};

struct Container {
  ContainerKind kind = ContainerKind::main;
  Node node;
  std::string_view name;

  /// Main or side-car: it runs as long as the pod does.
  bool runs_on() const { return kind == ContainerKind::main || kind == ContainerKind::sidecar; }
};

struct Port {
  std::string_view name;  // may be empty
  std::int64_t number = 0;
  std::string_view protocol = "TCP";
  Node node;
};

struct Workload {
  const Object* object = nullptr;
  Node pod_template;  // with metadata and spec; of a Pod the object itself
  Node pod_metadata;
  Node pod_spec;
  Labels labels;  // of the pods
  std::vector<Container> containers;

  std::string_view kind() const { return object->kind; }
  std::string_view namespace_() const { return object->namespace_; }
  /// "Deployment/tms-odoo"
  std::string title() const;
  std::string_view annotation(std::string_view key) const { return pod_metadata["annotations"][key].scalar_text(); }
  /// Runs until it is stopped: no Job, no CronJob, no hook, no test.
  bool is_service() const;
  bool is_job() const { return kind() == "Job" || kind() == "CronJob"; }
  /// Deployment, StatefulSet, ReplicaSet, ReplicationController, DeploymentConfig, Rollout: `replicas` counts.
  bool is_scalable() const;
};

/// What decides how many pods a workload has.
struct Replicas {
  std::int64_t least = 1;  // guaranteed
  std::int64_t most = 1;
  const Object* autoscaler = nullptr;  // HorizontalPodAutoscaler or ScaledObject
  /// The field that says `least`: spec.replicas, minReplicas; none where it is a default.
  Node least_node;
  Node most_node;
  /// Whose field that is: the workload's object or the autoscaler.
  const Object* least_object = nullptr;
};

/// The ports that a container opens, those without a number left out.
std::vector<Port> container_ports(Node container);
/// The containers that are of use to a pod's Services: all ports of main and side-car containers.
std::vector<Port> pod_ports(const Workload& workload);
/// An int-or-string field: a number or a text; none for anything else.
std::optional<IntOrString> int_or_string(Node node);
/// A quantity field; none where it is missing or cannot be read.
std::optional<Quantity> quantity(Node node);

class Workloads {
 public:
  explicit Workloads(const Objects& objects);

  const std::deque<Workload>& all() const { return workloads_; }
  const Objects& objects() const { return objects_; }
  /// The workload that an object is; null for an object that makes no pods.
  const Workload* of(const Object& object) const;
  /// By apiVersion's group, kind and name, as scaleTargetRef and the like name it.
  const Workload* find(std::string_view group, std::string_view kind, std::string_view namespace_,
                       std::string_view name) const;

  Replicas replicas(const Workload& workload) const;
  /// HorizontalPodAutoscalers and KEDA's ScaledObjects that target it.
  std::vector<const Object*> autoscalers(const Workload& workload) const;
  /// Objects of the kind in the workload's namespace whose `selector` matches its pods.
  std::vector<const Object*> services(const Workload& workload) const;
  std::vector<const Object*> budgets(const Workload& workload) const;
  std::vector<const Object*> network_policies(const Workload& workload) const;
  /// PodMonitors that select the pods, ServiceMonitors that select a Service of them.
  std::vector<const Object*> monitors(const Workload& workload) const;
  /// Workloads whose pods a selector selects.
  std::vector<const Workload*> selected(const Selector& selector, std::string_view namespace_) const;
  /// Of a Service: its workloads; empty for one without selector.
  std::vector<const Workload*> behind(const Object& service) const;
  /// The name of the ServiceAccount that the pods run as; "default" where none is named.
  static std::string_view service_account_name(const Workload& workload);
  /// Its object; null where the release has none.
  const Object* service_account(const Workload& workload) const;

 private:
  void add(const Object& object);
  std::vector<const Object*> selecting(const Workload& workload, std::string_view kind) const;

  const Objects& objects_;
  std::deque<Workload> workloads_;
};

/// What an autoscaler targets.
struct ScaleTarget {
  std::string_view group;
  std::string_view kind;
  std::string_view name;
  Node node;
};
ScaleTarget scale_target(const Object& autoscaler);

}  // namespace rhumb::manifest
