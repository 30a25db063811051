#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::host_process {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    each_own_setting(*workload, "windowsOptions", [&](Node options, const std::string& who) {
      const Node node = options["hostProcess"];
      if (node.is_true()) context.report(*workload, node, fmt::format("{} is a process of the node", who));
    });
  }
}

}  // namespace

extern const Rule rule{
    .name = "host-process",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .serves = "PSS baseline",
    .peers = "polaris/hostProcess",
    .summary = "A Windows container runs as a process of its node",
    .remedy = "Remove windowsOptions.hostProcess; accept on purpose what is made for its node.",
    .documentation = R"(## What it does
Finds `windowsOptions.hostProcess: true`, of pods and of containers.

## Why
A HostProcess container is not isolated at all: it is what privileged containers are on Linux.

## Example
```yaml
# wrong
securityContext:
  windowsOptions:
    hostProcess: true
```
```yaml
# right
securityContext:
  windowsOptions:
    runAsUserName: ContainerUser
```
)",
    .check = check,
};

}  // namespace rhumb::lint::host_process
