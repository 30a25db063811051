#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/ingress_graph.h"

namespace rhumb::lint::service_port_unknown {
namespace {

constexpr Parameter parameters[] = {
    {"declared", ParameterType::boolean, "false", "a number must stand in a container's ports as well"},
};

std::string port_list(const std::vector<manifest::Port>& ports) {
  std::vector<std::string> names;
  for (const manifest::Port& port : ports) {
    std::string name = port.name.empty() ? std::to_string(port.number) : fmt::format("{} ({})", port.name, port.number);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

struct Target {
  manifest::IntOrString port;
  std::string_view protocol;

  bool is_name(const manifest::Port& own) const {
    return port.is_text ? own.name == port.text : own.number == port.number;
  }
  bool is(const manifest::Port& own) const { return is_name(own) && own.protocol == protocol; }
};

bool resolves(const Workload& workload, Node entry) {
  const Node field = entry["targetPort"].is_null() ? entry["port"] : entry["targetPort"];
  const auto port = manifest::int_or_string(field);
  if (!port || !port->is_text) return port.has_value();
  const std::vector<manifest::Port> own = manifest::pod_ports(workload);
  return std::any_of(own.begin(), own.end(), [&](const manifest::Port& each) { return each.name == port->text; });
}

/// By a monitor, an Ingress, or a record of the port in DNS.
bool is_asked_for(Context& context, const Object& service, Node entry) {
  const std::string_view name = entry["name"].scalar_text();
  for (const Object* monitor : context.objects().of_kind("ServiceMonitor")) {
    const Node endpoints = monitor->spec()["endpoints"];
    if (!endpoints.is_list() || name.empty()) continue;
    if (!manifest::selector_of(monitor->spec()["selector"]).matches(service.labels)) continue;
    for (const Node endpoint : endpoints) {
      if (endpoint["port"].text() == name) return true;
    }
  }
  for (const Object* ingress : ingresses(context)) {
    for (const IngressBackend& backend : ingress_backends(*ingress)) {
      if (ingress->namespace_ != service.namespace_ || backend.service != service.name || !backend.port) continue;
      if (service_port(service, *backend.port) == entry) return true;
    }
  }
  const std::string record = fmt::format("_{}._", name);
  return !name.empty() &&
         std::any_of(context.run().files().begin(), context.run().files().end(),
                     [&](const auto& file) { return file.text.text.find(record) != std::string_view::npos; });
}

/// A headless Service gives the pods' addresses, whichever of its ports they open; one that none opens is left out of
/// its endpoints and does no harm but to those who ask for it.
bool does_no_harm(Context& context, const Object& service, Node entry, const std::vector<const Workload*>& workloads) {
  if (service.spec()["clusterIP"].scalar_text() != "None" || is_asked_for(context, service, entry)) return false;
  for (const Node other : service.spec()["ports"]) {
    if (other == entry) continue;
    if (std::any_of(workloads.begin(), workloads.end(), [&](const Workload* each) { return resolves(*each, other); })) {
      return true;
    }
  }
  return false;
}

void check_port(Context& context, const Object& service, Node entry, const std::vector<const Workload*>& workloads) {
  const Node field = entry["targetPort"].is_null() ? entry["port"] : entry["targetPort"];
  const auto port = manifest::int_or_string(field);
  if (!port || (!port->is_text && !context.flag("declared"))) return;
  const std::string_view protocol = entry["protocol"].text();
  const Target target{*port, protocol.empty() ? "TCP" : protocol};
  std::vector<manifest::Port> all;
  for (const Workload* workload : workloads) {
    const std::vector<manifest::Port> own = manifest::pod_ports(*workload);
    if (std::any_of(own.begin(), own.end(), [&](const manifest::Port& each) { return target.is(each); })) return;
    all.insert(all.end(), own.begin(), own.end());
  }
  const bool wrong_protocol =
      std::any_of(all.begin(), all.end(), [&](const manifest::Port& each) { return target.is_name(each); });
  if (port->is_text && !wrong_protocol && does_no_harm(context, service, entry, workloads)) return;
  const std::string who = workloads.front()->title() + (workloads.size() > 1 ? " and others" : "");
  const std::string message =
      wrong_protocol
          ? fmt::format("the port {} of {} is not of the protocol {}", port->to_string(), who, target.protocol)
          : fmt::format("{} of Service/{} leads to the port {}, which no container of {} opens: they open {}",
                        entry["name"].is_null() ? "the port" : fmt::format("port {}", entry["name"].scalar_text()),
                        service.name, port->to_string(), who, port_list(all));
  context.report(service, field, message)
      .related(*workloads.front()->object, workloads.front()->pod_spec["containers"], "the containers");
}

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    if (!service->group.empty()) continue;
    std::vector<const Workload*> workloads = context.workloads().behind(*service);
    std::erase_if(workloads, [](const Workload* workload) { return !workload->is_service(); });
    if (workloads.empty()) continue;
    for (const Node entry : service->spec()["ports"]) check_port(context, *service, entry, workloads);
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-port-unknown",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints, LOOMWORKS: Odoo ClusterIP Service, LOOMWORKS: PostgreSQL Headless Service",
    .summary = "A port of a Service leads to a port that no container opens",
    .remedy = "Let targetPort be the name of a port of the containers, with the same protocol.",
    .documentation = R"(## What it does
Looks up the `targetPort` of every port of a Service in the containers of the pods that it selects, side-cars (init
containers that run on) included. Name and protocol must fit. A number needs no entry in `ports` to be reached; with
`declared` it must stand there. Where a Service selects several workloads one of them is enough.

A headless Service leads to the pods' addresses all the same when another of its ports is opened. There a port that no
container opens is reported only if something asks for it: a ServiceMonitor, an Ingress, a record such as `_tls._tcp`.

## Why
A named port that no container has gives the Service no endpoints: the name resolves, and every connection is refused.

## Example
```yaml
# wrong
kind: Service
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http}]
---
kind: Deployment
spec:
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, ports: [{name: web, containerPort: 8080}]}]
```
```yaml
# right
kind: Service
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: web}]
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::service_port_unknown
