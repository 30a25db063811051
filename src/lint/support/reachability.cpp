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

enum class Answer : std::uint8_t { no, maybe, yes };

/// Of a namespace outside of the release only the name is known: other labels may be there.
Answer admits_namespace(const Objects& objects, Node selector, std::string_view name) {
  if (manifest::selector_of(selector).matches(namespace_labels(objects, name))) return Answer::yes;
  const bool is_known = objects.find("", "Namespace", "", name) != nullptr;
  const bool asks_for_name_only = selector["matchExpressions"].empty() && selector["matchLabels"].size() == 1 &&
                                  !selector["matchLabels"]["kubernetes.io/metadata.name"].is_null();
  return is_known || asks_for_name_only ? Answer::no : Answer::maybe;
}

Answer admits(const Objects& objects, const Object& policy, Node peer, const Workload& other) {
  // Pods have addresses; which ones nobody knows.
  if (!peer["ipBlock"].is_null()) return Answer::maybe;
  const Node spaces = peer["namespaceSelector"];
  Answer answer = policy.namespace_ == other.namespace_() ? Answer::yes : Answer::no;
  if (!spaces.is_null()) answer = admits_namespace(objects, spaces, other.namespace_());
  const Node pods = peer["podSelector"];
  if (!pods.is_null() && !manifest::selector_of(pods).matches(other.labels)) return Answer::no;
  return answer;
}

struct Match {
  Answer answer = Answer::no;
  const Object* policy = nullptr;
  Node node;
};

void look_at_rule(const Workloads& workloads, const Object& policy, Node rule, Direction direction,
                  const Workload& other, Match& best) {
  const Node peers = rule[direction == Direction::ingress ? "from" : "to"];
  if (!peers.is_list() || peers.empty()) {
    best = {Answer::yes, &policy, rule};
    return;
  }
  for (const Node peer : peers) {
    const Answer answer = admits(workloads.objects(), policy, peer, other);
    if (answer > best.answer) best = {answer, &policy, peer};
  }
}

/// The surest rule of the policies of one side that lets the other one through to a port of `target`.
Match find_rule(const Workloads& workloads, const std::vector<const Object*>& of_self, Direction direction,
                const Workload& other, const Workload& target, std::int64_t port) {
  Match best;
  for (const Object* policy : of_self) {
    const Node rules = policy->spec()[rules_key(direction)];
    if (!rules.is_list()) continue;
    for (const Node rule : rules) {
      if (best.answer != Answer::yes && takes_port(rule["ports"], target, port)) {
        look_at_rule(workloads, *policy, rule, direction, other, best);
      }
    }
  }
  return best;
}

bool is_everything(Node selector) { return !selector.is_null() && manifest::selector_of(selector).is_everything(); }

bool is_wide_network(Node block) {
  const std::string_view cidr = block["cidr"].text();
  return cidr.ends_with("/0") || cidr == "10.0.0.0/8" || cidr == "172.16.0.0/12" || cidr == "192.168.0.0/16";
}

void add_peer(std::vector<WideOpening>& found, const Object& policy, Node peer) {
  if (!peer["ipBlock"].is_null()) {
    if (is_wide_network(peer["ipBlock"])) found.push_back({&policy, peer, WideOpening::Width::network});
    return;
  }
  const Node spaces = peer["namespaceSelector"];
  const Node pods = peer["podSelector"];
  const bool any_pod = pods.is_null() || is_everything(pods);
  if (!any_pod || (spaces.is_null() && pods.is_null())) return;
  found.push_back(
      {&policy, peer, is_everything(spaces) ? WideOpening::Width::cluster : WideOpening::Width::namespace_});
}

}  // namespace

bool is_guarded(const Workloads& workloads, const Workload& target) {
  return !policies(workloads, target, Direction::ingress).empty();
}

std::vector<WideOpening> openings(const Workloads& workloads, const Workload& target, std::int64_t port) {
  std::vector<WideOpening> found;
  for (const Object* policy : policies(workloads, target, Direction::ingress)) {
    const Node rules = policy->spec()["ingress"];
    if (!rules.is_list()) continue;
    for (const Node rule : rules) {
      if (!takes_port(rule["ports"], target, port)) continue;
      const Node peers = rule["from"];
      if (!peers.is_list() || peers.empty()) {
        found.push_back({policy, rule, WideOpening::Width::everyone});
        continue;
      }
      for (const Node peer : peers) add_peer(found, *policy, peer);
    }
  }
  return found;
}

Passage passage(const Workloads& workloads, const Workload& source, const Workload& target, std::int64_t port) {
  const auto leaving = policies(workloads, source, Direction::egress);
  const auto entering = policies(workloads, target, Direction::ingress);
  Answer out = Answer::yes;
  if (!leaving.empty()) out = find_rule(workloads, leaving, Direction::egress, target, target, port).answer;
  Match in{Answer::yes, nullptr, {}};
  if (!entering.empty()) in = find_rule(workloads, entering, Direction::ingress, source, target, port);
  Passage way;
  way.is_closed = out == Answer::no || in.answer == Answer::no;
  way.is_closed_by_source = out == Answer::no;
  way.is_open = out == Answer::yes && in.answer == Answer::yes;
  way.policy = in.policy;
  way.node = in.node;
  return way;
}

}  // namespace rhumb::lint
