#include "lint/support/reachability.h"

#include <algorithm>

namespace rhumb::lint {
namespace {

enum class Direction : std::uint8_t { ingress, egress };

std::string_view rules_key(Direction direction) { return direction == Direction::ingress ? "ingress" : "egress"; }

/// As the API server defaults policyTypes: Ingress always, Egress where there are such rules.
bool covers(const Object& policy, Direction direction) {
  const Node types = policy.spec()["policyTypes"];
  if (types.is_list() && !types.empty()) {
    const auto names = types.texts();
    const std::string_view wanted = direction == Direction::ingress ? "Ingress" : "Egress";
    return std::find(names.begin(), names.end(), wanted) != names.end();
  }
  return direction == Direction::ingress || !policy.spec()["egress"].empty();
}

std::vector<const Object*> policies(const Workloads& workloads, const Workload& workload, Direction direction) {
  std::vector<const Object*> found = workloads.network_policies(workload);
  std::erase_if(found, [&](const Object* policy) { return !covers(*policy, direction); });
  return found;
}

/// Whether `ports` of a rule takes a TCP port of the target in.
bool takes_port(Node ports, const Workload& target, std::int64_t port) {
  if (!ports.is_list() || ports.empty()) return true;
  const std::vector<manifest::Port> own = manifest::pod_ports(target);
  const auto children = ports.children();
  return std::any_of(children.begin(), children.end(), [&](const yaml::TreeNode& child) {
    const Node entry(&child);
    const std::string_view protocol = entry["protocol"].text();
    if (!protocol.empty() && protocol != "TCP") return false;
    const Node number = entry["port"];
    if (number.is_null()) return true;
    if (const auto first = number.integer()) {
      return port >= *first && port <= entry["endPort"].integer().value_or(*first);
    }
    return std::any_of(own.begin(), own.end(),
                       [&](const manifest::Port& each) { return each.name == number.text() && each.number == port; });
  });
}

/// Labels of a namespace, as far as they are known.
manifest::Labels namespace_labels(const Objects& objects, std::string_view name) {
  manifest::Labels labels;
  if (const Object* const object = objects.find("", "Namespace", "", name)) labels = object->labels;
  labels["kubernetes.io/metadata.name"] = name;
  return labels;
}

bool admits(const Objects& objects, const Object& policy, Node peer, const Workload& other) {
  if (!peer["ipBlock"].is_null()) return false;
  const Node spaces = peer["namespaceSelector"];
  if (spaces.is_null()) {
    if (policy.namespace_ != other.namespace_()) return false;
  } else if (!manifest::selector_of(spaces).matches(namespace_labels(objects, other.namespace_()))) {
    return false;
  }
  return peer["podSelector"].is_null() || manifest::selector_of(peer["podSelector"]).matches(other.labels);
}

struct Match {
  const Object* policy = nullptr;
  Node node;

  explicit operator bool() const { return policy != nullptr; }
};

/// The first rule of a policy for `self` that lets the other one through to a port of `target`, which is one of both.
Match find_rule(const Workloads& workloads, const std::vector<const Object*>& of_self, Direction direction,
                const Workload& other, const Workload& target, std::int64_t port) {
  for (const Object* policy : of_self) {
    const Node rules = policy->spec()[rules_key(direction)];
    if (!rules.is_list()) continue;
    for (const Node rule : rules) {
      if (!takes_port(rule["ports"], target, port)) continue;
      const Node peers = rule[direction == Direction::ingress ? "from" : "to"];
      if (!peers.is_list() || peers.empty()) return {policy, rule};
      for (const Node peer : peers) {
        if (admits(workloads.objects(), *policy, peer, other)) return {policy, peer};
      }
    }
  }
  return {};
}

bool is_everything(Node selector) { return !selector.is_null() && manifest::selector_of(selector).is_everything(); }

bool is_wide_network(Node block) {
  const std::string_view cidr = block["cidr"].text();
  return cidr.ends_with("/0") || cidr == "10.0.0.0/8" || cidr == "172.16.0.0/12" || cidr == "192.168.0.0/16";
}

void add_peer(std::vector<Opening>& found, const Object& policy, Node peer) {
  if (!peer["ipBlock"].is_null()) {
    if (is_wide_network(peer["ipBlock"])) found.push_back({&policy, peer, Opening::Width::network});
    return;
  }
  const Node spaces = peer["namespaceSelector"];
  const Node pods = peer["podSelector"];
  const bool any_pod = pods.is_null() || is_everything(pods);
  if (!any_pod || (spaces.is_null() && pods.is_null())) return;
  found.push_back({&policy, peer, is_everything(spaces) ? Opening::Width::cluster : Opening::Width::namespace_});
}

}  // namespace

bool is_guarded(const Workloads& workloads, const Workload& target) {
  return !policies(workloads, target, Direction::ingress).empty();
}

std::vector<Opening> openings(const Workloads& workloads, const Workload& target, std::int64_t port) {
  std::vector<Opening> found;
  for (const Object* policy : policies(workloads, target, Direction::ingress)) {
    const Node rules = policy->spec()["ingress"];
    if (!rules.is_list()) continue;
    for (const Node rule : rules) {
      if (!takes_port(rule["ports"], target, port)) continue;
      const Node peers = rule["from"];
      if (!peers.is_list() || peers.empty()) {
        found.push_back({policy, rule, Opening::Width::everyone});
        continue;
      }
      for (const Node peer : peers) add_peer(found, *policy, peer);
    }
  }
  return found;
}

Passage passage(const Workloads& workloads, const Workload& source, const Workload& target, std::int64_t port) {
  Passage way;
  const auto leaving = policies(workloads, source, Direction::egress);
  const auto entering = policies(workloads, target, Direction::ingress);
  if (!leaving.empty() && !find_rule(workloads, leaving, Direction::egress, target, target, port)) {
    way.is_closed_by_source = true;
    return way;
  }
  if (entering.empty()) {
    way.is_open = true;
    return way;
  }
  const Match match = find_rule(workloads, entering, Direction::ingress, source, target, port);
  way.is_open = static_cast<bool>(match);
  way.policy = match.policy;
  way.node = match.node;
  return way;
}

}  // namespace rhumb::lint
