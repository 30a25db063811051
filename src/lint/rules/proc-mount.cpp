#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::proc_mount {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      const Node node = container.node["securityContext"]["procMount"];
      if (node.is_null() || node.text() == "Default") continue;
      context.report(
          *workload, node,
          fmt::format("{} mounts /proc {}, not as runtimes do by default", title(container), node.scalar_text()));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "proc-mount",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_restricted,
    .serves = "PSS baseline, PSS restricted",
    .peers = "kube-linter/unsafe-proc-mount, polaris/procMount",
    .summary = "A container sees all of /proc",
    .remedy = "Remove procMount.",
    .documentation = R"(## What it does
Finds containers whose `procMount` is not `Default`. The standard "baseline" permits it from Kubernetes 1.35 on in pods
with `hostUsers: false`, "restricted" never does.

## Why
Runtimes hide parts of `/proc` (`/proc/kcore`, `/proc/sysrq-trigger` ...) for a reason: they read and steer the kernel.

## Example
```yaml
# wrong
securityContext:
  procMount: Unmasked
```
```yaml
# right
securityContext:
  procMount: Default
```
)",
    .check = check,
};

}  // namespace rhumb::lint::proc_mount
