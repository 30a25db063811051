#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lint/support/ingress_routes.h"
#include "lint/support/network.h"

namespace rhumb::lint::ingress_unreachable {
namespace {

std::string_view port_name(const Workload& workload, std::int64_t number) {
  for (const manifest::Port& port : manifest::pod_ports(workload)) {
    if (port.number == number) return port.name;
  }
  return {};
}

/// The policy that was made for the pods, rather than one that closes the whole namespace.
const Object& own_policy(const std::vector<const Object*>& policies) {
  const auto own =
      std::find_if(policies.begin(), policies.end(), [](const Object* policy) { return !selects_all(*policy); });
  return own == policies.end() ? *policies.front() : **own;
}

void check_route(Context& context, const IngressRoute& route) {
  const Workload& workload = *route.workload;
  const auto policies = isolating_policies(context.workloads(), workload, Direction::ingress);
  // What another kind of policy allows is not known.
  if (policies.empty() || has_other_policies(context.objects(), workload.namespace_())) return;
  context.applies();
  const NetworkPort port{route.port, port_name(workload, route.port)};
  if (!openings(context.workloads(), workload, Direction::ingress, port).empty()) return;
  const Object& policy = own_policy(policies);
  context
      .report_field(policy, policy.spec(), "ingress",
                    fmt::format("Ingress/{} leads to port {} of {}, but no NetworkPolicy lets anybody in to it",
                                route.ingress->name, route.port, workload.title()))
      .related(*route.ingress, route.node, "the port is reached from here")
      .key(fmt::format("{} {}", workload.title(), route.port));
}

void check(Context& context) {
  std::set<std::pair<const Workload*, std::int64_t>> seen;
  for (const IngressRoute& route : ingress_routes(context.workloads())) {
    if (route.port == 0 || !seen.insert({route.workload, route.port}).second) continue;
    check_route(context, route);
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-unreachable",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: Ingress to Odoo access, IApplicationEndpoints",
    .summary = "NetworkPolicies keep everybody away from a port that an Ingress leads to",
    .remedy = "Let the Ingress controller's pods, or the load balancer's addresses, in to the port.",
    .documentation = R"(## What it does
Follows the paths of every Ingress to the port of the pods behind its Service. Where NetworkPolicies of the release isolate
these pods, one of them must let somebody in to that port. Who that is remains open: the controller's namespace and
labels are not part of the release.

Policies of Cilium, Calico, Antrea or an administrator are not read; where the release has some the rule is silent.

## Why
Every request ends in a time-out of the proxy. A port that came later, such as the one for websockets, is forgotten
easily: the pages load, and only the long-lived connections fail.

## Example
```yaml
# wrong: the Ingress leads to 8069 and 8072
ingress:
  - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}]
    ports: [{port: 8069}]
```
```yaml
# right
ingress:
  - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}]
    ports: [{port: 8069}, {port: 8072}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ingress_unreachable
