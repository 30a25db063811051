#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::host_port {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    // The API server sets hostPort to containerPort there: host-namespace says it.
    if (workload->pod_spec["hostNetwork"].is_true()) continue;
    for (const Container& container : workload->containers) {
      const Node ports = container.node["ports"];
      if (!ports.is_list()) continue;
      for (const Node port : ports) {
        const Node host_port = port["hostPort"];
        if (host_port.integer().value_or(0) == 0) continue;
        context.report(*workload, host_port,
                       fmt::format("{} opens port {} of the node", title(container), host_port.scalar_text()));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "host-port",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .serves = "PSS baseline",
    .peers = "polaris/hostPortSet",
    .yields_to = "direct-exposure",
    .summary = "A container opens a port of its node",
    .remedy = "Remove hostPort; a Service leads to the pods.",
    .documentation = R"(## What it does
Finds container ports with a `hostPort` other than 0. Pods with `hostNetwork: true` are left to `host-namespace`: there
every port is one of the node, with `hostPort` or without.

## Why
A port of the node goes past Services, Ingresses and, with some network plugins, NetworkPolicies; and of two pods with
the same one only one fits on a node.

## Example
```yaml
# wrong
ports:
  - containerPort: 8080
    hostPort: 8080
```
```yaml
# right
ports:
  - containerPort: 8080
```
)",
    .check = check,
};

}  // namespace rhumb::lint::host_port
