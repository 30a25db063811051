#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/ingress_graph.h"

namespace rhumb::lint::monitor_port_unknown {
namespace {

std::vector<const Object*> selected_services(const Context& context, const Object& monitor) {
  const manifest::Selector selector = manifest::selector_of(monitor.spec()["selector"]);
  const std::vector<std::string> names = monitor.spec()["namespaceSelector"]["matchNames"].texts();
  const bool any = monitor.spec()["namespaceSelector"]["any"].is_true();
  std::vector<const Object*> found;
  for (const Object* service : context.objects().of_kind("Service")) {
    const bool is_there =
        any || (names.empty() ? service->namespace_ == monitor.namespace_
                              : std::find(names.begin(), names.end(), service->namespace_) != names.end());
    if (is_there && service->group.empty() && selector.matches(service->labels)) found.push_back(service);
  }
  return found;
}

bool has_container_port(const std::vector<const Workload*>& workloads, const manifest::IntOrString& port) {
  return std::any_of(workloads.begin(), workloads.end(), [&](const Workload* workload) {
    const std::vector<manifest::Port> ports = manifest::pod_ports(*workload);
    return std::any_of(ports.begin(), ports.end(), [&](const manifest::Port& own) {
      return port.is_text ? own.name == port.text : own.number == port.number;
    });
  });
}

void check_service_monitor(Context& context, const Object& monitor) {
  const std::vector<const Object*> services = selected_services(context, monitor);
  if (services.empty()) return;
  for (const Node endpoint : monitor.spec()["endpoints"]) {
    const Node port = endpoint["port"];
    if (port.is_number()) {
      context.report(monitor, port,
                     "port is the name of a Service's port; a number of a container's goes to targetPort");
      continue;
    }
    if (!port.scalar_text().empty()) {
      const manifest::IntOrString name = manifest::IntOrString::of(std::string(port.scalar_text()));
      if (std::any_of(services.begin(), services.end(),
                      [&](const Object* service) { return service_port(*service, name).exists(); })) {
        continue;
      }
      context
          .report(monitor, port,
                  fmt::format("Service/{}, which {}/{} selects, has no port {}: it has {}", services.front()->name,
                              monitor.kind, monitor.name, name.text, service_port_names(*services.front())))
          .related(*services.front(), services.front()->spec()["ports"], "its ports");
      continue;
    }
    const auto target = manifest::int_or_string(endpoint["targetPort"]);
    if (!target || !target->is_text) continue;
    std::vector<const Workload*> workloads;
    for (const Object* service : services) {
      for (const Workload* workload : context.workloads().behind(*service)) workloads.push_back(workload);
    }
    if (workloads.empty() || has_container_port(workloads, *target)) continue;
    context.report(monitor, endpoint["targetPort"],
                   fmt::format("no container behind Service/{} has a port {}", services.front()->name, target->text));
  }
}

void check_pod_monitor(Context& context, const Object& monitor) {
  const std::vector<const Workload*> workloads =
      context.workloads().selected(manifest::selector_of(monitor.spec()["selector"]), monitor.namespace_);
  if (workloads.empty()) return;
  for (const Node endpoint : monitor.spec()["podMetricsEndpoints"]) {
    const Node port = endpoint["port"];
    if (port.scalar_text().empty()) continue;
    if (has_container_port(workloads, manifest::IntOrString::of(std::string(port.scalar_text())))) continue;
    context
        .report(monitor, port,
                fmt::format("no container of {}, which {}/{} selects, has a port {}", workloads.front()->title(),
                            monitor.kind, monitor.name, port.scalar_text()))
        .related(*workloads.front()->object, workloads.front()->pod_spec["containers"], "the containers");
  }
}

void check(Context& context) {
  for (const Object* monitor : context.of_kind("ServiceMonitor")) check_service_monitor(context, *monitor);
  for (const Object* monitor : context.of_kind("PodMonitor")) check_pod_monitor(context, *monitor);
}

}  // namespace

extern const Rule rule{
    .name = "monitor-port-unknown",
    .category = Category::observability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-602, LOOMWORKS: Odoo metrics collection, LOOMWORKS: PostgreSQL metrics collection",
    .summary = "A ServiceMonitor or PodMonitor names a port that does not exist",
    .remedy = "Name a port of the Service, or of the container for a PodMonitor.",
    .documentation = R"(## What it does
The `port` of a ServiceMonitor's endpoint is the name of a port of the Services that it selects, its `targetPort` one of
the containers behind them; the `port` of a PodMonitor's endpoint is the name of a port of the pods' containers. Where
several are selected one of them must have it. What a monitor selects outside of the release is not looked at.

## Why
The target is dropped without a word, and there are no metrics.

## Example
```yaml
# wrong
kind: ServiceMonitor
spec:
  selector: {matchLabels: {app: web}}
  endpoints: [{port: "9101"}]
---
kind: Service
metadata: {labels: {app: web}}
spec:
  ports: [{name: metrics, port: 9101}]
```
```yaml
# right
kind: ServiceMonitor
spec:
  endpoints: [{port: metrics}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::monitor_port_unknown
