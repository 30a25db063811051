#include <fmt/format.h>

#include <vector>

#include "lint/context.h"

namespace rhumb::lint::direct_exposure {
namespace {

constexpr Parameter parameters[] = {
    {"allowed", ParameterType::list, "", "names of Services that may be reached directly"},
};

bool brings_controller(const Context& context) {
  return !context.objects().of_kind("IngressClass").empty() || !context.objects().of_kind("GatewayClass").empty();
}

bool names_service(Node root, std::string_view name) {
  std::vector<Node> left{root};
  while (!left.empty()) {
    const Node node = left.back();
    left.pop_back();
    if (node["service"]["name"].scalar_text() == name || node["serviceName"].scalar_text() == name) return true;
    for (const Node child : node) left.push_back(child);
  }
  return false;
}

/// A load balancer of AWS that reaches pods by the ports of their nodes.
bool is_behind_nodes(const Context& context, const Object& service) {
  for (const Object* ingress : context.objects().of_kind("Ingress")) {
    const std::string_view named = ingress->spec()["ingressClassName"].text();
    const bool is_alb = (named.empty() ? ingress->annotation("kubernetes.io/ingress.class") : named) == "alb";
    const bool goes_to_nodes = ingress->annotation("alb.ingress.kubernetes.io/target-type") != "ip";
    if (!is_alb || !goes_to_nodes || ingress->namespace_ != service.namespace_) continue;
    if (names_service(ingress->spec(), service.name)) return true;
  }
  return false;
}

void check_services(Context& context) {
  if (brings_controller(context)) return;
  for (const Object* service : context.of_kind("Service")) {
    const Node type = service->spec()["type"];
    const bool is_node_port = type.text() == "NodePort";
    if (!service->group.empty() || (!is_node_port && type.text() != "LoadBalancer")) continue;
    if (context.lists("allowed", service->name) || (is_node_port && is_behind_nodes(context, *service))) continue;
    context.report(*service, type, fmt::format("the Service is reached from outside as {}", type.text()));
  }
}

void check(Context& context) {
  check_services(context);
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      for (const manifest::Port& port : manifest::container_ports(container.node)) {
        const Node host_port = port.node["hostPort"];
        if (host_port.integer().value_or(0) == 0) continue;
        context.report(*workload, host_port,
                       fmt::format("the pods are reached by port {} of their nodes", host_port.scalar_text()));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "direct-exposure",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_both,
    .serves = "TMS security (1.7.4), LOOMWORKS: Ingress to Odoo access",
    .peers = "kube-linter/exposed-services, kube-score/service-type",
    .summary = "Pods are reached from outside past the Ingress",
    .remedy = "Make the Service a ClusterIP and lead an Ingress to it; remove the hostPort.",
    .documentation = R"(## What it does
Finds Services of the types `NodePort` and `LoadBalancer`, and container ports with a `hostPort`. Left alone are the
Services of an Ingress controller (the release brings its IngressClass or GatewayClass), a NodePort behind an Ingress
whose load balancer goes to nodes (`alb.ingress.kubernetes.io/target-type` is not `ip`), and the Services that `allowed`
names.

## Why
TLS, redirects, limits and the web application firewall are the Ingress's: another way in is a way around them.

## Example
```yaml
# wrong
kind: Service
spec:
  type: LoadBalancer
```
```yaml
# right
kind: Service
spec:
  type: ClusterIP
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::direct_exposure
