#include "lint/support/network.h"

#include <algorithm>
#include <array>

#include "lint/support/cidr.h"

namespace rhumb::lint {
namespace {

constexpr std::string_view namespace_name_label = "kubernetes.io/metadata.name";

Node list_of(Node node) { return node.is_list() ? node : Node(); }

bool is_block_of_everything(Node peer) {
  const Node block = peer["ipBlock"];
  const auto cidr = parse_cidr(block["cidr"].text());
  return cidr && cidr->is_everything() && block["except"].empty();
}

/// The requirements of a selector on the one label that every namespace has, or all others.
manifest::LabelSelector part_of(const manifest::LabelSelector& all, bool on_name) {
  manifest::LabelSelector part;
  for (const auto& [key, value] : all.match_labels) {
    if ((key == namespace_name_label) == on_name) part.match_labels.emplace(key, value);
  }
  for (const manifest::LabelExpression& expression : all.match_expressions) {
    if ((expression.key == namespace_name_label) == on_name) part.match_expressions.push_back(expression);
  }
  return part;
}

bool selects(const manifest::LabelSelector& selector, const manifest::Labels& labels) {
  const auto made = manifest::Selector::from(&selector);
  return made && made->matches(labels);
}

Match both(Match a, Match b) { return std::min(a, b); }

bool is_port_number(Node node) { return node.integer().has_value(); }

}  // namespace

std::string_view name_of(Direction direction) { return direction == Direction::ingress ? "ingress" : "egress"; }

bool is_network_policy(const Object& object) {
  return object.kind == "NetworkPolicy" && (object.group == "networking.k8s.io" || object.group == "extensions");
}

bool isolates(const Object& policy, Direction direction) {
  const std::vector<std::string> types = policy.spec()["policyTypes"].texts();
  if (types.empty()) return direction == Direction::ingress || !network_rules(policy, direction).empty();
  return std::find(types.begin(), types.end(), direction == Direction::ingress ? "Ingress" : "Egress") != types.end();
}

bool selects_all(const Object& policy) {
  const Node selector = policy.spec()["podSelector"];
  return selector.is_null() || manifest::selector_of(selector).is_everything();
}

Node network_rules(const Object& policy, Direction direction) { return list_of(policy.spec()[name_of(direction)]); }

Node peers_of(Node rule, Direction direction) {
  const Node peers = list_of(rule[direction == Direction::ingress ? "from" : "to"]);
  return peers.empty() ? Node() : peers;
}

bool is_for_everybody(Node rule, Direction direction) {
  const std::span<const yaml::TreeNode> peers = peers_of(rule, direction).children();
  return peers.empty() || std::any_of(peers.begin(), peers.end(),
                                      [](const yaml::TreeNode& peer) { return is_block_of_everything(Node(&peer)); });
}

bool is_for_all_ports(Node rule) { return list_of(rule["ports"]).empty(); }

Node rule_for_everything(const Object& policy, Direction direction) {
  if (!isolates(policy, direction)) return {};
  for (const Node rule : network_rules(policy, direction)) {
    if (is_for_everybody(rule, direction) && is_for_all_ports(rule)) return rule;
  }
  return {};
}

bool admits_port(Node rule, const NetworkPort& port) {
  if (is_for_all_ports(rule)) return true;
  for (const Node entry : rule["ports"]) {
    const std::string_view protocol = entry["protocol"].text();
    if ((protocol.empty() ? "TCP" : protocol) != port.protocol) continue;
    const Node wanted = entry["port"];
    if (wanted.is_null()) return true;
    if (!is_port_number(wanted)) {
      if (!port.name.empty() && wanted.text() == port.name) return true;
      continue;
    }
    const std::int64_t first = *wanted.integer();
    const std::int64_t last = entry["endPort"].integer().value_or(first);
    if (port.number >= first && port.number <= last) return true;
  }
  return false;
}

Match matches_namespace(const Objects& objects, Node selector, std::string_view namespace_) {
  const manifest::LabelSelector wanted = manifest::read_selector(selector);
  manifest::Labels labels{{std::string(namespace_name_label), std::string(namespace_)}};
  if (const Object* const rendered = objects.find("", "Namespace", "", namespace_)) {
    labels.insert(rendered->labels.begin(), rendered->labels.end());
    return selects(wanted, labels) ? Match::yes : Match::no;
  }
  if (!selects(part_of(wanted, true), labels)) return Match::no;
  const manifest::LabelSelector rest = part_of(wanted, false);
  return rest.match_labels.empty() && rest.match_expressions.empty() ? Match::yes : Match::maybe;
}

Match matches_peer(const Objects& objects, const Object& policy, Node peer, const Workload& workload) {
  // Whether pods are met by their addresses is up to the network plugin.
  if (!peer["ipBlock"].is_null()) return Match::maybe;
  const Node pods = peer["podSelector"];
  const Node namespaces = peer["namespaceSelector"];
  if (pods.is_null() && namespaces.is_null()) return Match::no;
  const Match in_namespace = namespaces.is_null()
                                 ? (policy.namespace_ == workload.namespace_() ? Match::yes : Match::no)
                                 : matches_namespace(objects, namespaces, workload.namespace_());
  if (pods.is_null()) return in_namespace;
  return manifest::selector_of(pods).matches(workload.labels) ? in_namespace : Match::no;
}

std::vector<const Object*> isolating_policies(const Workloads& workloads, const Workload& workload,
                                              Direction direction) {
  if (workload.pod_spec["hostNetwork"].is_true()) return {};
  std::vector<const Object*> found = workloads.network_policies(workload);
  std::erase_if(found, [&](const Object* policy) { return !isolates(*policy, direction); });
  return found;
}

std::vector<Opening> openings(const Workloads& workloads, const Workload& workload, Direction direction,
                              const NetworkPort& port) {
  std::vector<Opening> found;
  for (const Object* policy : isolating_policies(workloads, workload, direction)) {
    for (const Node rule : network_rules(*policy, direction)) {
      if (!admits_port(rule, port)) continue;
      const Node peers = peers_of(rule, direction);
      if (!peers) found.push_back({policy, rule, {}});
      for (const Node peer : peers) found.push_back({policy, rule, peer});
    }
  }
  return found;
}

namespace {

Match may_pass(const Workloads& workloads, const Workload& isolated, Direction direction, const Workload& other,
               const NetworkPort& port) {
  if (isolating_policies(workloads, isolated, direction).empty()) return Match::yes;
  Match best = Match::no;
  for (const Opening& opening : openings(workloads, isolated, direction, port)) {
    if (!opening.peer) return Match::yes;
    best = std::max(best, matches_peer(workloads.objects(), *opening.policy, opening.peer, other));
  }
  return best;
}

struct PolicyKind {
  std::string_view group;  // or the end of it
  std::string_view kind;
};

constexpr std::array other_policies{
    PolicyKind{"cilium.io", "CiliumNetworkPolicy"},
    PolicyKind{"cilium.io", "CiliumClusterwideNetworkPolicy"},
    PolicyKind{"projectcalico.org", "NetworkPolicy"},
    PolicyKind{"projectcalico.org", "GlobalNetworkPolicy"},
    PolicyKind{"antrea.io", "NetworkPolicy"},
    PolicyKind{"antrea.io", "ClusterNetworkPolicy"},
    PolicyKind{"policy.networking.k8s.io", "AdminNetworkPolicy"},
    PolicyKind{"policy.networking.k8s.io", "BaselineAdminNetworkPolicy"},
    PolicyKind{"policy.networking.k8s.io", "ClusterNetworkPolicy"},
};

}  // namespace

Match may_connect(const Workloads& workloads, const Workload& from, const Workload& to, const NetworkPort& port) {
  return both(may_pass(workloads, from, Direction::egress, to, port),
              may_pass(workloads, to, Direction::ingress, from, port));
}

bool has_other_policies(const Objects& objects, std::string_view namespace_) {
  const std::deque<Object>& all = objects.all();
  return std::any_of(other_policies.begin(), other_policies.end(), [&](const PolicyKind& known) {
    const bool is_everywhere = known.kind.starts_with("Global") || known.kind.find("Cluster") < known.kind.size() ||
                               known.kind.find("Admin") < known.kind.size();
    // Not by kind: Calico's NetworkPolicy is none of Kubernetes'.
    return std::any_of(all.begin(), all.end(), [&](const Object& object) {
      return object.kind == known.kind && object.group.ends_with(known.group) &&
             (is_everywhere || object.namespace_ == namespace_);
    });
  });
}

}  // namespace rhumb::lint
