#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/ingress_graph.h"
#include "lint/support/own_names.h"

namespace rhumb::lint::ingress_backend_missing {
namespace {

void check_backend(Context& context, const Object& ingress, const IngressBackend& backend) {
  const std::string lead = fmt::format("{} leads to Service/{}", backend.title(), backend.service);
  const Object* const service = context.objects().find("", "Service", ingress.namespace_, backend.service);
  if (service == nullptr) {
    const MissingTarget target{"", "Service", ingress.namespace_, backend.service};
    const auto why = missed_because(context, target, ingress, backend.node);
    if (why) context.report(ingress, backend.node, lead + ", which is not there").hint(*why);
    return;
  }
  if (!backend.port || service_port(*service, *backend.port)) return;
  context
      .report(ingress, backend.port_node,
              fmt::format("{}, which has no port {}: it has {}", lead, backend.port->to_string(),
                          service_port_names(*service)))
      .related(*service, service->spec()["ports"], "its ports");
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    for (const IngressBackend& backend : ingress_backends(*ingress)) {
      const bool is_action =
          backend.port && backend.port->text == alb_use_annotation && is_alb(context.objects(), *ingress);
      if (!is_action) check_backend(context, *ingress, backend);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-backend-missing",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints",
    .peers = "kube-linter/dangling-ingress, kube-score/ingress-targets-service",
    .summary = "An Ingress leads to a Service, or to a port of one, that does not exist",
    .remedy = "Name a Service of the release and one of its ports.",
    .documentation = R"(## What it does
Looks up the Service of every path and of the default backend, and in it the port, by name or number. Whether the
Service's port ends in a container is looked at by `service-port-unknown`. A backend of the AWS Load Balancer Controller
with the port `use-annotation` is an action and no Service (see `alb-annotation-invalid`).

A Service that is not part of the release may live elsewhere in the cluster. It is a finding where the release was meant
to have it: its name was made from the release's, a workload has that very name, or it is a slip of the pen away from a
Service that nothing else leads to. With `closed-world` it always is.

## Why
Requests to that path end in an error 503.

## Example
```yaml
# wrong
kind: Ingress
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {name: htpp}}}
---
kind: Service
metadata: {name: web}
spec:
  ports: [{name: http, port: 80}]
```
```yaml
# right
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {name: http}}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ingress_backend_missing
