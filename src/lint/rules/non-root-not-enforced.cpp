#include <fmt/format.h>
#include <algorithm>

#include "lint/support/pod_security.h"

namespace rhumb::lint::non_root_not_enforced {
namespace {

/// Containers of Windows are here altogether: they have no root to run as.
bool is_reported_as_root(const Context& context, const Workload& workload, const Container& container) {
  return !manifest::is_windows(workload) && root_fault(context, workload, container).has_value();
}

void check_pod(Context& context, const Workload& workload, SharedFaults& faults) {
  const Node pod = workload.pod_spec["securityContext"];
  for (const Node node : {pod["runAsNonRoot"], pod["runAsUser"]}) {
    const bool is_false = node.boolean() == false;
    const bool is_zero = node.key() == "runAsUser" && node.integer() == 0 && context.kube_at_least(1, 23);
    if (!is_false && !is_zero) continue;
    const bool reported =
        std::any_of(workload.containers.begin(), workload.containers.end(), [&](const Container& each) {
          const auto fault = root_fault(context, workload, each);
          return !manifest::is_windows(workload) && fault && fault->setting.node == node;
        });
    if (!reported) faults.add(node, "the pod");
  }
}

void check_container(Context& context, const Workload& workload, const Container& container, SharedFaults& faults) {
  if (is_reported_as_root(context, workload, container)) return;
  const Node own = container.node["securityContext"];
  if (own["runAsNonRoot"].boolean() == false) faults.add(own["runAsNonRoot"], title(container));
  if (own["runAsUser"].integer() == 0 && context.kube_at_least(1, 23)) faults.add(own["runAsUser"], title(container));
  if (security_setting(workload, container, "runAsNonRoot").node.is_null()) {
    report_path(context, workload, container.node, {"securityContext", "runAsNonRoot"},
                "runAsNonRoot is not set for " + title(container));
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (may_be_root(context, *workload)) continue;
    SharedFaults faults;
    check_pod(context, *workload, faults);
    for (const Container& container : workload->containers) check_container(context, *workload, container, faults);
    faults.report(context, *workload, [](Node node, const std::string& who) {
      return fmt::format("{} is {} for {}", node.key(), node.scalar_text(), who);
    });
  }
}

}  // namespace

extern const Rule rule{
    .name = "non-root-not-enforced",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_restricted,
    .serves = "PSS restricted",
    .summary = "Nothing makes sure that a container does not run as root",
    .remedy = "Set runAsNonRoot: true for the pod, and no other value anywhere.",
    .documentation = R"(## What it does
Finds what the standard "restricted" asks for beyond the rule root-user: `runAsNonRoot: true` for containers that have
a `runAsUser` as well, and no `runAsNonRoot: false` or `runAsUser: 0` of a pod, even where every container says
otherwise. Containers that root-user reports are left to it. Pods with users of their own (`hostUsers: false`) are left
alone from Kubernetes 1.35 on.

## Why
A namespace with the label `pod-security.kubernetes.io/enforce: restricted` refuses such pods.

## Example
```yaml
# wrong
securityContext:
  runAsUser: 10001
```
```yaml
# right
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
```
)",
    .check = check,
};

}  // namespace rhumb::lint::non_root_not_enforced
