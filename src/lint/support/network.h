// NetworkPolicies in effect. A policy isolates the pods that it selects, in the directions of its policyTypes; of an
// isolated pod, what any of its policies allows is allowed, and nothing else. A connection needs the leave of both
// ends. Only policies of the release are known, and of them those of networking.k8s.io are read.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

enum class Direction : std::uint8_t { ingress, egress };
/// "ingress", "egress"
std::string_view name_of(Direction direction);

/// As far as the release tells: labels of namespaces elsewhere and addresses of pods are not known.
enum class Match : std::uint8_t { no, maybe, yes };

/// A port that traffic goes to, on the pod that is reached. A name that is not known is empty.
struct NetworkPort {
  std::int64_t number = 0;
  std::string_view name = {};
  std::string_view protocol = "TCP";
};

bool is_network_policy(const Object& object);
/// Whether the policy isolates the pods it selects: by policyTypes, or by the API server's defaults for them: ingress
/// always, egress where there are egress rules.
bool isolates(const Object& policy, Direction direction);
/// Selects every pod of its namespace: `podSelector: {}`.
bool selects_all(const Object& policy);
/// The rules of a direction: a list, or none.
Node network_rules(const Object& policy, Direction direction);
/// Of a rule: `from` or `to`; none where it names nobody, which means everybody.
Node peers_of(Node rule, Direction direction);
/// A rule for everybody: no peers, or the block of all addresses without an exception.
bool is_for_everybody(Node rule, Direction direction);
/// A rule for every port.
bool is_for_all_ports(Node rule);
/// The first rule that allows everything to everybody; none for none.
Node rule_for_everything(const Object& policy, Direction direction);
/// Whether the ports of a rule let traffic to that port through.
bool admits_port(Node rule, const NetworkPort& port);

/// Whether the namespaceSelector selects the namespace: by its labels where the release renders it, else by the label
/// that every namespace has.
Match matches_namespace(const Objects& objects, Node selector, std::string_view namespace_);
/// Whether pods of the workload are among a peer of the policy.
Match matches_peer(const Objects& objects, const Object& policy, Node peer, const Workload& workload);

/// What lets traffic through to or from an isolated pod.
struct Opening {
  const Object* policy = nullptr;
  Node rule;
  Node peer;  // none: everybody
};

/// Policies that isolate the workload's pods in that direction; pods in the network of their node have none.
std::vector<const Object*> isolating_policies(const Workloads& workloads, const Workload& workload,
                                              Direction direction);
/// Of an isolated pod: all that lets traffic to that port through, `from` and `to` everybody for one without peers.
std::vector<Opening> openings(const Workloads& workloads, const Workload& workload, Direction direction,
                              const NetworkPort& port);
/// Whether pods of one workload may connect to a port of another's.
Match may_connect(const Workloads& workloads, const Workload& from, const Workload& to, const NetworkPort& port);

/// Policies of Cilium, Calico, Antrea or an administrator that may concern the namespace; what they say is not read.
bool has_other_policies(const Objects& objects, std::string_view namespace_);

}  // namespace rhumb::lint
