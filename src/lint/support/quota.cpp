#include "lint/support/quota.h"

#include <algorithm>

#include "lint/support/claims.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// As IsBestEffort of the quota's evaluator: no container asks for anything.
bool is_best_effort(const Workload& workload, const ContainerDefaults& defaults) {
  return std::none_of(workload.containers.begin(), workload.containers.end(), [&](const Container& container) {
    for (const Side side : {Side::requests, Side::limits}) {
      for (const std::string_view resource : {"cpu", "memory"}) {
        const auto amount = effective(container, side, resource, defaults);
        if (amount && !amount->is_zero()) return true;
      }
    }
    return false;
  });
}

std::optional<bool> in_scope(std::string_view scope, const Workload& workload, const ContainerDefaults& defaults) {
  const bool ends = workload.pod_spec["activeDeadlineSeconds"].integer().has_value();
  if (scope == "Terminating") return ends;
  if (scope == "NotTerminating") return !ends;
  if (scope == "BestEffort") return is_best_effort(workload, defaults);
  if (scope == "NotBestEffort") return !is_best_effort(workload, defaults);
  return {};
}

std::optional<bool> in_priority(Node expression, const Workload& workload) {
  const std::string_view own = workload.pod_spec["priorityClassName"].text();
  const std::string_view op = expression["operator"].text();
  // Without a class of its own a pod may get the cluster's default.
  if (own.empty()) return {};
  if (op == "Exists") return true;
  if (op == "DoesNotExist") return false;
  const auto names = expression["values"].texts();
  const bool is_listed = std::find(names.begin(), names.end(), own) != names.end();
  return op == "In" ? is_listed : !is_listed;
}

/// "ingresses" of "Ingress", as the API server's plural names go.
std::string plural_of(std::string_view kind) {
  std::string name = strings::to_lower(kind);
  if (name.ends_with("s")) return name + "es";
  if (name.ends_with("y")) return name.substr(0, name.size() - 1) + "ies";
  return name + "s";
}

bool takes_node_ports(const Object& service) {
  const std::string_view type = service.spec()["type"].text();
  if (type == "NodePort") return true;
  return type == "LoadBalancer" && service.spec()["allocateLoadBalancerNodePorts"].boolean().value_or(true);
}

}  // namespace

std::optional<bool> in_scope(const Object& quota, const Workload& workload, const ContainerDefaults& defaults) {
  std::optional<bool> all = true;
  const auto add = [&](std::optional<bool> one) {
    if (!one && all.value_or(true)) all = one;
    if (one && !*one) all = false;
  };
  for (const std::string& scope : quota.spec()["scopes"].texts()) add(in_scope(scope, workload, defaults));
  const Node expressions = quota.spec()["scopeSelector"]["matchExpressions"];
  if (!expressions.is_list()) return all;
  for (const Node expression : expressions) {
    const std::string_view scope = expression["scopeName"].text();
    add(scope == "PriorityClass" ? in_priority(expression, workload) : in_scope(scope, workload, defaults));
  }
  return all;
}

std::optional<PodKey> pod_key(std::string_view key) {
  if (key == "cpu" || key == "memory" || key == "ephemeral-storage") return PodKey{Side::requests, key};
  if (key.starts_with("limits.")) return PodKey{Side::limits, key.substr(7)};
  if (key.starts_with("requests.") && key != "requests.storage") return PodKey{Side::requests, key.substr(9)};
  if (key.starts_with("hugepages-")) return PodKey{Side::requests, key};
  return {};
}

QuotaDemand::QuotaDemand(const Workloads& workloads, std::string_view namespace_)
    : workloads_(workloads), space_(namespace_), defaults_(workloads.objects(), namespace_) {}

std::vector<QuotaShare> QuotaDemand::pods(const Object& quota, std::optional<Side> side,
                                          std::string_view resource) const {
  std::vector<QuotaShare> shares;
  for (const Workload& workload : workloads_.all()) {
    if (workload.namespace_() != space_ || workload.object->is_hook()) continue;
    if (!in_scope(quota, workload, defaults_).value_or(false)) continue;
    const PodCount count = most_pods(workloads_, workload);
    const std::int64_t each = side ? pod_amount(workload, *side, resource, defaults_) : 1;
    if (count.total() > 0 && each > 0) {
      shares.push_back({workload.title(), count.total(), each, count.surge, count.autoscaler});
    }
  }
  return shares;
}

/// Of one storage class, or of all of them for an empty name.
std::vector<QuotaShare> QuotaDemand::storage(std::string_view class_name, bool is_count) const {
  std::vector<QuotaShare> shares;
  for (const Claim& claim : claims(workloads_)) {
    if (claim.object->namespace_ != space_ || claim.object->is_hook()) continue;
    if (!class_name.empty() && claim.spec()["storageClassName"].text() != class_name) continue;
    const Workload* const owner = workloads_.of(*claim.object);
    const std::int64_t times = owner == nullptr ? 1 : most_pods(workloads_, *owner).total();
    const auto amount = manifest::quantity(claim.spec()["resources"]["requests"]["storage"]);
    const std::int64_t each = is_count ? 1 : amount ? amount_of("storage", *amount) : 0;
    const std::string who = owner == nullptr ? claim.title : owner->title() + " " + claim.title;
    if (times > 0 && each > 0) shares.push_back({who, times, each, 0, nullptr});
  }
  return shares;
}

std::optional<std::vector<QuotaShare>> QuotaDemand::objects(std::string_view key) const {
  const std::string_view name = strings::trim_prefix(key, "count/");
  std::vector<QuotaShare> shares;
  for (const Object& object : workloads_.objects().all()) {
    if (object.namespace_ != space_ || object.role != manifest::Role::manifest) continue;
    const std::string plural = plural_of(object.kind);
    bool counts = plural == name && object.group.empty();
    counts = counts || (!object.group.empty() && name == plural + "." + std::string(object.group));
    if (object.kind == "Service" && object.group.empty()) {
      counts = counts || (name == "services.nodeports" && takes_node_ports(object)) ||
               (name == "services.loadbalancers" && object.spec()["type"].text() == "LoadBalancer");
    }
    if (counts) shares.push_back({std::string(object.kind) + "/" + std::string(object.name), 1, 1, 0, nullptr});
  }
  return shares;
}

std::optional<std::vector<QuotaShare>> QuotaDemand::of(const Object& quota, std::string_view key) const {
  if (key == "pods" || key == "count/pods") return pods(quota, {}, "");
  if (key == "persistentvolumeclaims" || key == "count/persistentvolumeclaims") return storage("", true);
  if (key == "requests.storage") return storage("", false);
  constexpr std::string_view of_class = ".storageclass.storage.k8s.io/";
  if (const std::size_t at = key.find(of_class); at != std::string_view::npos) {
    const std::string_view what = key.substr(at + of_class.size());
    if (what == "requests.storage") return storage(key.substr(0, at), false);
    return what == "persistentvolumeclaims" ? std::optional(storage(key.substr(0, at), true)) : std::nullopt;
  }
  if (const auto pod = pod_key(key)) return pods(quota, pod->side, pod->resource);
  return objects(key);
}

}  // namespace rhumb::lint
