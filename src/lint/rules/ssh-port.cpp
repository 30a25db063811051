#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::ssh_port {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      for (const manifest::Port& port : manifest::container_ports(container.node)) {
        if (port.number != 22 || port.protocol != "TCP") continue;
        context.report(*workload, port.node["containerPort"],
                       fmt::format("container \"{}\" opens port 22", container.name));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "ssh-port",
    .category = Category::opinion,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .peers = "kube-linter/ssh-port",
    .summary = "A container opens the port of SSH",
    .remedy = "Use kubectl exec; serve files by another protocol.",
    .documentation = R"(## What it does
Finds container ports 22 over TCP.

## Why
A shell of its own needs keys, updates and a log of its own in every container, past the rights and the records of the
API server.

## Example
```yaml
# wrong
ports:
  - containerPort: 22
```
```yaml
# right
ports:
  - containerPort: 8080
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ssh_port
