#include <fmt/format.h>

#include <vector>

#include "lint/support/rbac.h"

namespace rhumb::lint::service_account_token_mounted {
namespace {

bool is_mounted(const Workload& workload, const Object* account) {
  const auto own = workload.pod_spec["automountServiceAccountToken"].boolean();
  if (own) return *own;
  return account == nullptr || account->root["automountServiceAccountToken"].boolean().value_or(true);
}

bool speaks_of_the_api(std::string_view text) {
  for (const std::string_view word : {"kubectl", "kubernetes.io/serviceaccount", "KUBERNETES_", "kubernetes.default"}) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

/// Anywhere in the pods: an image, an argument, a variable, a mount. A list of nodes, since documents may nest deeply.
bool uses_the_api(Node root) {
  std::vector<Node> left{root};
  while (!left.empty()) {
    const Node node = left.back();
    left.pop_back();
    if (speaks_of_the_api(node.scalar_text()) || speaks_of_the_api(node.key())) return true;
    for (const Node child : node) left.push_back(child);
  }
  return false;
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const std::string_view name = Workloads::service_account_name(*workload);
    const Object* const account = context.workloads().service_account(*workload);
    if (workload->object->is_hook() || (account == nullptr && name != "default")) continue;
    if (!is_mounted(*workload, account) || is_bound(context.objects(), workload->namespace_(), name)) continue;
    if (uses_the_api(workload->pod_spec)) continue;
    context.report_field(
        *workload, workload->pod_spec, "automountServiceAccountToken",
        fmt::format("the token of the ServiceAccount {} is mounted, and nothing shows a use for it", name));
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-account-token-mounted",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_both,
    .serves = "TMS security (1.7.4)",
    .peers = "polaris/automountServiceAccountToken",
    .summary = "Pods get a token for the API server that they have no use for",
    .remedy = "Set automountServiceAccountToken: false for the pods or their ServiceAccount.",
    .documentation = R"(## What it does
Finds pods into which the token of their ServiceAccount is mounted (the default), although no binding of the release
gives the account a right and nothing in the pods speaks of the API server or the token's path. An account that lives
outside of the release may have rights, and is left alone, except `default`. Hooks and tests do not count.

Tokens for roles of AWS come by a volume of their own and need none of this.

## Why
A token is what an intruder looks for first; without one the API server does not even listen.

## Example
```yaml
# wrong
spec:
  serviceAccountName: app
```
```yaml
# right
spec:
  serviceAccountName: app
  automountServiceAccountToken: false
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_account_token_mounted
