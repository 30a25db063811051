#include <fmt/format.h>

#include "lint/support/network.h"

namespace rhumb::lint::network_policy_allows_all {
namespace {

void check(Context& context) {
  for (const Object* policy : context.of_kind("NetworkPolicy")) {
    if (!is_network_policy(*policy)) continue;
    for (const Direction direction : {Direction::ingress, Direction::egress}) {
      const Node rule = rule_for_everything(*policy, direction);
      if (!rule) continue;
      context.report(*policy, rule,
                     fmt::format("the rule allows all {}: no peer and no port is named", name_of(direction)));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "network-policy-allows-all",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .yields_to = "network-policy-missing",
    .summary = "A NetworkPolicy allows everything",
    .remedy = "Name the peers and ports that are needed.",
    .documentation = R"(## What it does
Finds rules of NetworkPolicies that let everybody through to every port: no peers (`from` or `to` missing, or empty) or
the block of all addresses without an exception, and no ports.

In production the rule network-policy-missing says the same of policies that select pods; this one looks at every policy
in every environment, and is off unless it is asked for.

## Why
What any policy of a pod allows is allowed: one such rule undoes every other policy, a default deny too.

## Example
```yaml
# wrong
ingress:
  - {}
```
```yaml
# right
ingress:
  - from:
      - namespaceSelector:
          matchLabels:
            kubernetes.io/metadata.name: ingress-nginx
    ports:
      - port: 8080
```
)",
    .check = check,
};

}  // namespace rhumb::lint::network_policy_allows_all
