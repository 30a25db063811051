#include "lint/context.h"

namespace rhumb::lint::service_account_field_deprecated {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const Node node = workload->pod_spec["serviceAccount"];
    if (node.scalar_text().empty()) continue;
    const bool is_idle = !workload->pod_spec["serviceAccountName"].scalar_text().empty();
    context.report(*workload, node,
                   is_idle ? "serviceAccount does nothing beside serviceAccountName"
                           : "serviceAccount is deprecated, serviceAccountName takes its place");
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-account-field-deprecated",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .peers = "kube-linter/deprecated-service-account-field",
    .summary = "Pods name their ServiceAccount in a field that is deprecated",
    .remedy = "Write serviceAccountName.",
    .documentation = R"(## What it does
Finds `serviceAccount` in the specification of pods. Beside `serviceAccountName` it does nothing.

## Why
The field is an alias from the first days of Kubernetes; tools that look for the other one miss it.

## Example
```yaml
# wrong
spec:
  serviceAccount: app
```
```yaml
# right
spec:
  serviceAccountName: app
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_account_field_deprecated
