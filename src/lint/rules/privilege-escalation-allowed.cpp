#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::privilege_escalation_allowed {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (is_spared_windows(context, *workload)) continue;
    for (const Container& container : workload->containers) {
      const Node node = container.node["securityContext"]["allowPrivilegeEscalation"];
      if (node.boolean() == false) continue;
      report_path(context, *workload, container.node, {"securityContext", "allowPrivilegeEscalation"},
                  fmt::format("{} may gain privileges: allowPrivilegeEscalation is {}", title(container),
                              node.is_null() ? "not set" : node.scalar_text()));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "privilege-escalation-allowed",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_restricted,
    .profiles = profile_both,
    .serves = "PSS restricted",
    .peers = "kube-linter/privilege-escalation-container, polaris/privilegeEscalationAllowed",
    .summary = "A process may gain more privileges than its parent",
    .remedy = "Set allowPrivilegeEscalation: false for the container.",
    .documentation = R"(## What it does
Finds containers without `allowPrivilegeEscalation: false`; it is `true` where it is not set. The field exists for
containers only: in a pod's `securityContext` it does nothing. Pods with `os.name: windows` are left alone from
Kubernetes 1.25 on.

## Why
With it, programs with the setuid bit (`sudo`, `su`, `ping` of old) give a process what its user does not have.

## Example
```yaml
# wrong
containers:
  - name: app
    securityContext: {}
```
```yaml
# right
containers:
  - name: app
    securityContext:
      allowPrivilegeEscalation: false
```
)",
    .check = check,
};

}  // namespace rhumb::lint::privilege_escalation_allowed
