#include <fmt/format.h>
#include <algorithm>

#include "lint/support/rbac.h"

namespace rhumb::lint::rbac_escalation {
namespace {

constexpr Parameter parameters[] = {
    {"namespaced-pods", ParameterType::boolean, "false", "look at roles that create pods in one namespace, too"},
};

struct Way {
  std::string_view group;
  std::string_view resource;
  std::string_view verb;
  bool by_pods = false;
};

constexpr Way ways[] = {
    {"rbac.authorization.k8s.io", "roles", "escalate"},
    {"rbac.authorization.k8s.io", "clusterroles", "escalate"},
    {"rbac.authorization.k8s.io", "roles", "bind"},
    {"rbac.authorization.k8s.io", "clusterroles", "bind"},
    {"", "users", "impersonate"},
    {"", "groups", "impersonate"},
    {"", "serviceaccounts", "impersonate"},
    {"", "serviceaccounts/token", "create"},
    {"", "nodes/proxy", "get"},
    {"", "nodes/proxy", "create"},
    {"certificates.k8s.io", "certificatesigningrequests/approval", "update"},
    {"certificates.k8s.io", "certificatesigningrequests/approval", "patch"},
    {"certificates.k8s.io", "signers", "approve"},
    {"", "pods", "create", true},
    {"", "replicationcontrollers", "create", true},
    {"apps", "deployments", "create", true},
    {"apps", "statefulsets", "create", true},
    {"apps", "daemonsets", "create", true},
    {"apps", "replicasets", "create", true},
    {"batch", "jobs", "create", true},
    {"batch", "cronjobs", "create", true},
};

/// A verb of its own for the purpose, on whatever resource.
bool is_special(std::string_view verb) {
  return verb == "escalate" || verb == "bind" || verb == "impersonate" || verb == "approve";
}

/// A ClusterRole counts for all namespaces unless every binding that is known narrows it.
bool counts_everywhere(const Context& context, const Object& role) {
  if (role.kind != "ClusterRole") return false;
  const std::vector<const Object*> bound = bindings_to(context.objects(), role);
  return bound.empty() || std::any_of(bound.begin(), bound.end(),
                                      [](const Object* binding) { return binding->kind == "ClusterRoleBinding"; });
}

void check_rule(Context& context, const Object& role, const PolicyRule& rule) {
  if (!rule.names.empty() || grants_everything(rule)) return;
  const bool pods_count = context.flag("namespaced-pods") || counts_everywhere(context, role);
  std::string granted;
  Node at;
  for (const Way& way : ways) {
    if ((way.by_pods && !pods_count) || !grants(rule, way.group, way.resource, way.verb)) continue;
    if (!at)
      at = is_special(way.verb) ? item_node(rule, "verbs", way.verb) : item_node(rule, "resources", way.resource);
    granted += fmt::format("{}{} {}", granted.empty() ? "" : ", ", way.verb, way.resource);
  }
  if (at) context.report(role, at, fmt::format("the rule is a way to further rights: {}", granted));
}

void check(Context& context) {
  for (const Object* role : roles(context)) {
    for (const PolicyRule& rule : rules_of(*role)) check_rule(context, *role, rule);
  }
}

}  // namespace

extern const Rule rule{
    .name = "rbac-escalation",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .peers = "kube-linter/access-to-create-pods",
    .summary = "A role lets its subjects become more than they are",
    .remedy = "Remove the verb, or narrow it with resourceNames.",
    .documentation = R"(## What it does
Finds rules that are a way to further rights: `escalate` and `bind` of roles, `impersonate`, tokens of ServiceAccounts,
approving certificates, `nodes/proxy`, and creating pods or what makes pods in all namespaces (a ClusterRole that no
RoleBinding narrows). Rules with `resourceNames` are left alone, and so are rules that grant everything, which are the
business of rbac-wildcard. `namespaced-pods` looks at Roles that create pods, too: who may create a pod may use every
ServiceAccount and Secret of its namespace.

## Why
Kubernetes lets nobody hand out rights they do not have. These rules are the exceptions to that.

## Example
```yaml
# wrong
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [get, bind, escalate]
```
```yaml
# right
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [get]
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::rbac_escalation
