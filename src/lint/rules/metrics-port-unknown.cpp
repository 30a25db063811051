#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "lint/context.h"
#include "lint/support/scraping.h"

namespace rhumb::lint::metrics_port_unknown {
namespace {

constexpr Parameter parameters[] = {
    {"service", ParameterType::boolean, "true", "Services of the pods must have the port as well"},
};

/// A Service's port that leads to the container's port of that number.
bool leads_to(Node entry, const manifest::Port& port) {
  const auto target = manifest::int_or_string(entry["targetPort"].is_null() ? entry["port"] : entry["targetPort"]);
  return target && (target->is_text ? target->text == port.name : target->number == port.number);
}

bool exposes(const Object& service, const manifest::Port& port) {
  const auto ports = service.spec()["ports"].children();
  return std::any_of(ports.begin(), ports.end(),
                     [&](const yaml::TreeNode& entry) { return leads_to(Node(&entry), port); });
}

std::string numbers(const std::vector<manifest::Port>& ports) {
  std::string text;
  for (const manifest::Port& port : ports) text += (text.empty() ? "" : ", ") + std::to_string(port.number);
  return text;
}

void check_pods(Context& context, const ScrapeAnnotations& annotations, Node node, std::int64_t number) {
  const Workload& workload = *annotations.workload;
  const std::vector<manifest::Port> ports = manifest::pod_ports(workload);
  if (ports.empty()) return;  // nothing is declared: any port may be open
  const auto port = std::find_if(ports.begin(), ports.end(), [&](const auto& each) { return each.number == number; });
  if (port == ports.end()) {
    context
        .report(workload, node,
                fmt::format("no container of {} opens the port {} that metrics are scraped from: they "
                            "open {}",
                            workload.title(), number, numbers(ports)))
        .related(*workload.object, workload.pod_spec["containers"], "the containers");
    return;
  }
  const std::vector<const Object*> services = context.workloads().services(workload);
  if (services.empty() || !context.flag("service")) return;
  const bool is_exposed =
      std::any_of(services.begin(), services.end(), [&](const Object* service) { return exposes(*service, *port); });
  if (is_exposed) return;
  context
      .report(*services.front(), services.front()->spec()["ports"],
              fmt::format("Service/{} does not expose the port {} that the metrics of {} are scraped from",
                          services.front()->name, number, workload.title()))
      .related(*workload.object, node, "the port is named here");
}

/// The number of the pods' port that the Service's port of that number leads to.
std::optional<std::int64_t> behind_port(const Object& service, const Workload& workload, std::int64_t number) {
  const std::vector<manifest::Port> ports = manifest::pod_ports(workload);
  for (const Node entry : service.spec()["ports"]) {
    if (entry["port"].integer() != number) continue;
    const auto port = std::find_if(ports.begin(), ports.end(), [&](const auto& each) { return leads_to(entry, each); });
    if (port != ports.end()) return port->number;
  }
  return std::nullopt;
}

void report_service(Context& context, const Object& service, const Workload& workload, Node node, std::int64_t number) {
  const auto behind = behind_port(service, workload, number);
  if (behind) {
    context
        .report(service, node,
                fmt::format("port {} of Service/{} leads to port {} of the pods: metrics are scraped from the pods "
                            "themselves, where nothing answers on {}",
                            number, service.name, *behind, number))
        .hint(fmt::format("name the port of the pods: {}", *behind));
    return;
  }
  context.report(
      service, node,
      fmt::format("neither Service/{} nor a container behind it has the port {} that metrics are scraped from",
                  service.name, number));
}

void check_service(Context& context, const ScrapeAnnotations& annotations, Node node, std::int64_t number) {
  const Object& service = *annotations.object;
  const std::vector<const Workload*> workloads = context.workloads().behind(service);
  if (workloads.empty()) return;
  for (const Node entry : service.spec()["ports"]) {
    const Node target = entry["targetPort"].is_null() ? entry["port"] : entry["targetPort"];
    if (target.integer() == number) return;
  }
  const bool answers =
      std::any_of(workloads.begin(), workloads.end(), [&](const Workload* each) { return may_answer(*each, number); });
  if (!answers) report_service(context, service, *workloads.front(), node, number);
}

void check(Context& context) {
  for (const ScrapeAnnotations& annotations : scrape_annotations(context.workloads())) {
    context.applies();
    const Node node = annotations.get("port");
    const auto number = annotations.port();
    if (!number) continue;  // prometheus-annotation-invalid
    if (annotations.workload != nullptr) {
      check_pods(context, annotations, node, *number);
    } else {
      check_service(context, annotations, node, *number);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "metrics-port-unknown",
    .category = Category::observability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-602",
    .summary = "Metrics are scraped from a port that does not exist",
    .remedy = "Let prometheus.io/port be a port of the containers, and give the Service that port too.",
    .documentation = R"(## What it does
The number in `prometheus.io/port` must be a port that a container of the pod declares (where none declares any, any may
be open). With `service`, one of the Services that select the pods must lead to it. On a Service, too, it must be a port of the pods
behind it: Prometheus asks each of them, on that number, whatever number the Service has for it. Ports that monitors name
are looked at by `monitor-port-unknown`.

## Why
Prometheus marks the target as down, and the alerts that were to warn have no data.

## Example
```yaml
# wrong
kind: Deployment
spec:
  template:
    metadata:
      annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9102"}
    spec:
      containers: [{name: web, ports: [{name: metrics, containerPort: 9101}]}]
```
```yaml
# right
    metadata:
      annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9101"}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::metrics_port_unknown
