#include "lint/support/pod_security.h"

namespace rhumb::lint::seccomp_missing {
namespace {

void check(Context& context) {
  if (!context.kube_at_least(1, 19)) return;
  for (const Workload* workload : context.all_workloads()) {
    if (is_spared_windows(context, *workload)) continue;
    for (const Container& container : workload->containers) {
      if (!security_setting(*workload, container, "seccompProfile").node.is_null()) continue;
      report_path(context, *workload, container.node, {"securityContext", "seccompProfile"},
                  "neither the pod nor " + title(container) + " has a seccompProfile");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "seccomp-missing",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_restricted,
    .profiles = profile_both,
    .serves = "PSS restricted",
    .peers = "kube-score/container-seccomp-profile",
    .summary = "Nothing says which system calls a container may make",
    .remedy = "Set seccompProfile.type: RuntimeDefault for the pod.",
    .documentation = R"(## What it does
Finds containers without a `seccompProfile` of their own in pods without one. A profile that does not confine is the
business of the rule seccomp-unconfined. The standard asks for it from Kubernetes 1.19 on; pods with `os.name: windows`
are left alone from 1.25 on.

## Why
Without a profile most nodes let a container make every system call; the runtime's own profile keeps it from those that
broke out of containers before.

## Example
```yaml
# wrong
spec:
  securityContext: {}
```
```yaml
# right
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
```
)",
    .check = check,
};

}  // namespace rhumb::lint::seccomp_missing
