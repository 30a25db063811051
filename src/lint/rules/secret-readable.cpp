#include <fmt/format.h>

#include "lint/support/rbac.h"

namespace rhumb::lint::secret_readable {
namespace {

void check(Context& context) {
  for (const Object* role : roles(context)) {
    for (const PolicyRule& rule : rules_of(*role)) {
      if (!rule.names.empty()) continue;
      std::string verbs;
      for (const std::string_view verb : {"get", "list", "watch"}) {
        if (grants(rule, "", "secrets", verb)) verbs.append(verbs.empty() ? "" : ", ").append(verb);
      }
      if (verbs.empty()) continue;
      const bool by_name = !has_wildcard(rule.resources);
      context.report(
          *role, item_node(rule, "resources", by_name ? "secrets" : "*"),
          fmt::format("the rule grants {} on all Secrets{}", verbs, role->kind == "Role" ? " of the namespace" : ""));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "secret-readable",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "TMS security (1.7.4)",
    .peers = "kube-linter/access-to-secrets",
    .summary = "A role lets its subjects read every Secret",
    .remedy = "Name the Secrets with resourceNames and grant get alone.",
    .documentation = R"(## What it does
Finds rules of Roles and ClusterRoles that grant `get`, `list` or `watch` on Secrets, by name or by `*`, without
`resourceNames`.

## Why
All Secrets of a namespace (of the cluster, by a ClusterRoleBinding) are more than any one program needs; and `list`
shows their contents as much as `get` does.

## Example
```yaml
# wrong
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get, list]
```
```yaml
# right
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [app-credentials]
    verbs: [get]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::secret_readable
