#include <fmt/format.h>

#include "lint/support/rbac.h"

namespace rhumb::lint::rbac_wildcard {
namespace {

struct List {
  std::string_view key;
  const std::vector<std::string>* items;
};

void check(Context& context) {
  for (const Object* role : roles(context)) {
    for (const PolicyRule& rule : rules_of(*role)) {
      std::string lists;
      Node at;
      for (const auto& [key, items] :
           {List{"verbs", &rule.verbs}, List{"resources", &rule.resources}, List{"apiGroups", &rule.groups}}) {
        if (!has_wildcard(*items)) continue;
        if (!at) at = item_node(rule, key, "*");
        lists.append(lists.empty() ? "" : ", ").append(key);
      }
      if (at) context.report(*role, at, fmt::format("the rule grants everything by *: {}", lists));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "rbac-wildcard",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .peers = "kube-linter/wildcard-in-rules",
    .summary = "A role grants whatever there is or will be",
    .remedy = "List the verbs, resources and API groups that are used.",
    .documentation = R"(## What it does
Finds rules of Roles and ClusterRoles with `*` among their verbs, resources or API groups. Rules for `resourceNames`,
rules for one group of one's own with a wildcard for its resources, and rules for URLs are looked at in the same way.

## Why
`*` grants what nobody thought of, and what later versions and other operators add: subresources like `pods/exec`, verbs
like `escalate`.

## Example
```yaml
# wrong
rules:
  - apiGroups: [""]
    resources: ["*"]
    verbs: ["get", "list"]
```
```yaml
# right
rules:
  - apiGroups: [""]
    resources: ["pods", "services"]
    verbs: ["get", "list"]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::rbac_wildcard
