#include <fmt/format.h>
#include <algorithm>

#include "lint/support/rbac.h"

namespace rhumb::lint::rbac_cluster_admin {
namespace {

bool is_master(const Objects& objects, const Object& binding) {
  if (role_name(binding) == "cluster-admin" && binding.root["roleRef"]["kind"].text() == "ClusterRole") return true;
  const Object* const role = role_of(objects, binding);
  if (role == nullptr) return false;
  const std::vector<PolicyRule> rules = rules_of(*role);
  return std::any_of(rules.begin(), rules.end(), grants_everything);
}

void check(Context& context) {
  for (const Object* binding : bindings(context)) {
    // Without subjects nobody is bound.
    if (subjects(*binding).empty() || !is_master(context.objects(), *binding)) continue;
    const std::string_view where = binding->kind == "RoleBinding" ? "its namespace" : "the cluster";
    context.report(*binding, binding->root["roleRef"]["name"],
                   fmt::format("{} grants everything in {}", role_name(*binding), where));
  }
}

}  // namespace

extern const Rule rule{
    .name = "rbac-cluster-admin",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .peers =
        "kube-linter/cluster-admin-role-binding, polaris/clusterrolebindingClusterAdmin, "
        "polaris/rolebindingClusterAdminClusterRole, polaris/rolebindingClusterAdminRole",
    .summary = "A binding makes its subjects masters of the cluster",
    .remedy = "Bind a role that holds what is needed.",
    .documentation = R"(## What it does
Finds bindings to the ClusterRole `cluster-admin`, and to roles of the release that grant every verb on every resource.
A RoleBinding counts as well: it makes its subjects masters of a namespace.

## Why
A pod with such an account is the whole cluster to whoever breaks into it.

## Example
```yaml
# wrong
kind: ClusterRoleBinding
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
```
```yaml
# right
kind: RoleBinding
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
```
)",
    .check = check,
};

}  // namespace rhumb::lint::rbac_cluster_admin
