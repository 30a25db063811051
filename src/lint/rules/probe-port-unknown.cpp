#include <fmt/format.h>

#include "lint/support/probes.h"

namespace rhumb::lint::probe_port_unknown {
namespace {

std::string open_ports(const Container& container) {
  std::string names;
  for (const manifest::Port& port : manifest::container_ports(container.node)) {
    if (!names.empty()) names += ", ";
    names += port.name.empty() ? std::to_string(port.number) : std::string(port.name);
  }
  return names.empty() ? "opens none" : "opens " + names;
}

/// Text that is a number is the business of probe-invalid.
bool is_name(Node port) {
  return port.is_string() && port.text().find_first_not_of("0123456789") != std::string_view::npos;
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      for (const Probe& probe : probes(container.node)) {
        if (!is_name(probe.port) || resolved_port(probe.port, container.node)) continue;
        context.report(*workload, probe.port,
                       fmt::format("the {} of container {} in {} asks port \"{}\", and the container {}", probe.title,
                                   container.name, workload->title(), probe.port.text(), open_ports(container)));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "probe-port-unknown",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .peers = "kube-linter/liveness-port, kube-linter/readiness-port, kube-linter/startup-port",
    .summary = "A probe names a port that its container does not open",
    .remedy = "Name a port of the same container, or give the number.",
    .documentation = R"(## What it does
Finds probes whose port is a name that the container's own `ports` do not have. A number needs no declaration, so an
undeclared number is no fault.

## Why
The kubelet looks the name up in the same container. What it does not find fails every time: the pod never becomes
ready, or is restarted for ever.

## Example
```yaml
# wrong
ports: [{name: http, containerPort: 8069}]
readinessProbe:
  httpGet: {path: /web/health, port: web}
```
```yaml
# right
ports: [{name: http, containerPort: 8069}]
readinessProbe:
  httpGet: {path: /web/health, port: http}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::probe_port_unknown
