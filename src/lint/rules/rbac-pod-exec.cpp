#include <fmt/format.h>

#include "lint/support/rbac.h"

namespace rhumb::lint::rbac_pod_exec {
namespace {

void check(Context& context) {
  for (const Object* role : roles(context)) {
    for (const PolicyRule& rule : rules_of(*role)) {
      if (has_wildcard(rule.resources)) continue;
      for (const std::string_view resource : {"pods/exec", "pods/attach"}) {
        if (!grants(rule, "", resource, "create") && !grants(rule, "", resource, "get")) continue;
        context.report(*role, item_node(rule, "resources", resource),
                       fmt::format("the rule lets run commands in pods by {}", resource));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "rbac-pod-exec",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .peers =
        "polaris/clusterrolePodExecAttach, polaris/rolePodExecAttach, polaris/clusterrolebindingPodExecAttach, "
        "polaris/rolebindingClusterRolePodExecAttach, polaris/rolebindingRolePodExecAttach",
    .summary = "A role lets its subjects run commands in pods",
    .remedy = "Remove pods/exec and pods/attach.",
    .documentation = R"(## What it does
Finds roles that grant `create` or `get` on `pods/exec` or `pods/attach` (a connection by WebSocket asks for `get`).
Rules that grant everything are the business of rbac-wildcard.

## Why
A command in a pod has all that the pod has: its Secrets, its account, its network.

## Example
```yaml
# wrong
rules:
  - apiGroups: [""]
    resources: ["pods", "pods/exec"]
    verbs: ["get", "create"]
```
```yaml
# right
rules:
  - apiGroups: [""]
    resources: ["pods"]
    verbs: ["get"]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::rbac_pod_exec
