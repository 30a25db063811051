#include <fmt/format.h>

#include <array>

#include "lint/context.h"
#include "lint/support/alb.h"
#include "lint/support/ingress_graph.h"

namespace rhumb::lint::alb_group_conflict {
namespace {

/// What the controller marks as exclusive: members may leave it out, but not differ.
constexpr std::array exclusive{
    std::string_view("load-balancer-name"),
    std::string_view("ip-address-type"),
    std::string_view("scheme"),
    std::string_view("subnets"),
    std::string_view("security-groups"),
    std::string_view("customer-owned-ipv4-pool"),
    std::string_view("wafv2-acl-arn"),
    std::string_view("waf-acl-id"),
    std::string_view("ssl-redirect"),
    std::string_view("shield-advanced-protection"),
    std::string_view("manage-backend-security-group-rules"),
};

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    const std::vector<const Object*> members = alb_group_members(context, *ingress);
    if (members.front() == ingress) continue;
    const Object& first = *members.front();
    for (const std::string_view name : exclusive) {
      const Node own = ingress->metadata()["annotations"][alb_key(name)];
      const Node other = first.metadata()["annotations"][alb_key(name)];
      if (own.is_null() || other.is_null() || own.scalar_text() == other.scalar_text()) continue;
      context
          .report(*ingress, own,
                  fmt::format("{} is {} here and {} in Ingress/{}, though both share the group {}", name,
                              own.scalar_text(), other.scalar_text(), first.name, alb_group(first)))
          .related(first, other, "the other one");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "alb-group-conflict",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_tms,
    .serves = "IApplicationEndpoints",
    .summary = "Ingresses that share a load balancer want different things of it",
    .remedy = "Give all Ingresses of the group the same value, or write it on one of them alone.",
    .documentation = R"(## What it does
Compares, within each `group.name`, the annotations of which one load balancer has one value: scheme, address type, name,
subnets, security groups, web ACL, redirect.

## Why
The controller reports "conflicting" values and changes nothing at all for the whole group.

## Example
```yaml
# wrong
metadata: {name: web, annotations: {alb.ingress.kubernetes.io/group.name: tms, alb.ingress.kubernetes.io/scheme: internal}}
---
metadata: {name: api, annotations: {alb.ingress.kubernetes.io/group.name: tms, alb.ingress.kubernetes.io/scheme: internet-facing}}
```
```yaml
# right
metadata: {name: api, annotations: {alb.ingress.kubernetes.io/group.name: tms, alb.ingress.kubernetes.io/scheme: internal}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::alb_group_conflict
