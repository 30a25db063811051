#include <fmt/format.h>
#include <algorithm>
#include <set>

#include "lint/support/cidr.h"
#include "lint/support/network.h"

namespace rhumb::lint::network_policy_blocks_dns {
namespace {

constexpr std::string_view dns_namespace = "kube-system";

bool is_single_address(Node peer) {
  const auto cidr = parse_cidr(peer["ipBlock"]["cidr"].text());
  return cidr && cidr->bits == (cidr->address.is_v4 ? 32 : 128);
}

/// Everything that the policies allow is single addresses, or nothing.
bool needs_no_names(const std::vector<const Object*>& policies) {
  for (const Object* policy : policies) {
    for (const Node rule : network_rules(*policy, Direction::egress)) {
      const std::span<const yaml::TreeNode> peers = peers_of(rule, Direction::egress).children();
      const bool all_single = std::all_of(peers.begin(), peers.end(),
                                          [](const yaml::TreeNode& peer) { return is_single_address(Node(&peer)); });
      if (peers.empty() || !all_single) return false;
    }
  }
  return true;
}

bool may_be_dns(const Context& context, const Opening& opening) {
  // Who names the port means it.
  if (!opening.peer || !is_for_all_ports(opening.rule)) return true;
  if (!opening.peer["ipBlock"].is_null()) return true;
  const Node namespaces = opening.peer["namespaceSelector"];
  if (namespaces.is_null()) return opening.policy->namespace_ == dns_namespace;
  return matches_namespace(context.objects(), namespaces, dns_namespace) != Match::no;
}

bool allows_dns(const Context& context, const Workload& workload, std::string_view protocol) {
  for (const std::int64_t number : {53, 5353}) {
    const NetworkPort port{number, protocol == "UDP" ? "dns" : "dns-tcp", protocol};
    for (const Opening& opening : openings(context.workloads(), workload, Direction::egress, port)) {
      if (may_be_dns(context, opening)) return true;
    }
  }
  return false;
}

void check_workload(Context& context, const Workload& workload, std::set<const Object*>& reported) {
  const std::vector<const Object*> policies = isolating_policies(context.workloads(), workload, Direction::egress);
  if (needs_no_names(policies)) return;
  std::string blocked;
  for (const std::string_view protocol : {"UDP", "TCP"}) {
    if (!allows_dns(context, workload, protocol)) blocked.append(blocked.empty() ? "" : " and ").append(protocol);
  }
  const auto with_rules = std::find_if(policies.begin(), policies.end(), [](const Object* policy) {
    return !network_rules(*policy, Direction::egress).empty();
  });
  if (blocked.empty() || !reported.insert(*with_rules).second) return;
  context.report(
      **with_rules, (*with_rules)->spec()["egress"],
      fmt::format("{} may go out, but cannot ask the DNS: port 53 over {} is not allowed", workload.title(), blocked));
}

void check(Context& context) {
  std::set<const Object*> reported;
  for (const Workload* workload : context.all_workloads()) {
    if (workload->pod_spec["dnsPolicy"].text() == "None") continue;
    if (has_other_policies(context.objects(), workload->namespace_())) continue;
    check_workload(context, *workload, reported);
  }
}

}  // namespace

extern const Rule rule{
    .name = "network-policy-blocks-dns",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Pods may go out, but cannot resolve a name",
    .remedy = "Allow port 53 over UDP and TCP to the DNS of the cluster.",
    .documentation = R"(## What it does
Finds pods whose egress is isolated and whose policies allow some egress, but not port 53 (5353 on OpenShift) over UDP
and TCP to pods of kube-system or to addresses. Pods that may not go out at all, that go to single addresses only, or
that bring their own name servers (`dnsPolicy: None`) are left alone.

## Why
Every connection to a host or a Service begins with a question to the DNS. Over UDP alone, answers that are too long
fail: they are asked for again over TCP.

## Example
```yaml
# wrong
egress:
  - to:
      - podSelector:
          matchLabels:
            app: postgres
    ports:
      - port: 5432
```
```yaml
# right
egress:
  - to:
      - namespaceSelector:
          matchLabels:
            kubernetes.io/metadata.name: kube-system
    ports:
      - port: 53
        protocol: UDP
      - port: 53
        protocol: TCP
  - to:
      - podSelector:
          matchLabels:
            app: postgres
    ports:
      - port: 5432
```
)",
    .check = check,
};

}  // namespace rhumb::lint::network_policy_blocks_dns
