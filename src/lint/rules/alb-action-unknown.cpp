#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/alb.h"
#include "lint/support/ingress_graph.h"

namespace rhumb::lint::alb_action_unknown {
namespace {

/// Services that an action forwards to, where they and their ports are in the release.
void check_targets(Context& context, const Object& ingress, Node entry, Node action) {
  Node groups = action["forwardConfig"]["targetGroups"];
  if (!groups) groups = action["ForwardConfig"]["TargetGroups"];
  for (const Node group : groups) {
    const Node name = group["serviceName"] ? group["serviceName"] : group["ServiceName"];
    const Node number = group["servicePort"] ? group["servicePort"] : group["ServicePort"];
    const Object* const service = context.objects().find("", "Service", ingress.namespace_, name.scalar_text());
    if (service == nullptr || number.is_null()) continue;
    const manifest::IntOrString port = manifest::IntOrString::parse(number.scalar_text());
    if (service_port(*service, port)) continue;
    context.report(ingress, entry,
                   fmt::format("the action forwards to Service/{}, which has no port {}: it has {}", service->name,
                               port.to_string(), service_port_names(*service)));
  }
}

void check_annotation(Context& context, const Object& ingress, Node entry, std::string_view kind,
                      const std::vector<IngressBackend>& backends) {
  const std::string_view name = entry.key().substr(alb_prefix.size() + kind.size());
  const bool is_action = kind == "actions.";
  const bool is_used = std::any_of(backends.begin(), backends.end(), [&](const IngressBackend& backend) {
    if (backend.service != name) return false;
    return !is_action || (backend.port && backend.port->text == alb_use_annotation);
  });
  if (!is_used) {
    context.report(ingress, entry,
                   is_action
                       ? fmt::format("no backend uses the action {}: it takes a Service of that name with the port "
                                     "name use-annotation",
                                     name)
                       : fmt::format("no backend is a Service {}: the annotation does nothing", name));
    return;
  }
  if (!entry.is_string()) return;
  const AlbJson json = read_alb_json(entry.text());
  if (!json.error.empty()) {
    context.report(ingress, entry, fmt::format("{}{} is not JSON: {}", kind, name, json.error));
  } else if (is_action) {
    check_targets(context, ingress, entry, json.root());
  }
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    if (!is_alb(context.objects(), *ingress)) continue;
    const std::vector<IngressBackend> backends = ingress_backends(*ingress);
    const Node annotations = ingress->metadata()["annotations"];
    for (const Node entry : annotations) {
      if (!entry.key().starts_with(alb_prefix)) continue;
      for (const std::string_view kind : {"actions.", "conditions.", "transforms."}) {
        if (!entry.key().substr(alb_prefix.size()).starts_with(kind)) continue;
        check_annotation(context, *ingress, entry, kind, backends);
      }
    }
    for (const IngressBackend& backend : backends) {
      if (!backend.port || backend.port->text != alb_use_annotation) continue;
      const std::string key = alb_key("actions." + std::string(backend.service));
      if (annotations[key]) continue;
      context.report(
          *ingress, backend.node,
          fmt::format("{} uses the action {}, but there is no annotation {}", backend.title(), backend.service, key));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "alb-action-unknown",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_tms,
    .serves = "IApplicationEndpoints",
    .summary = "An action of the AWS Load Balancer Controller and the backends of its Ingress do not fit",
    .remedy = "Let a backend with the port name use-annotation carry the name of the action.",
    .documentation = R"(## What it does
A backend whose port is named `use-annotation` needs the annotation `alb.ingress.kubernetes.io/actions.<name>`, and such an
annotation needs a backend. `conditions.<name>` and `transforms.<name>` need a backend of that name. All three are JSON,
and the Services that an action forwards to must have the ports that it names.

## Why
An action that is missing, or that is no JSON, stops the controller; one that nobody uses does nothing.

## Example
```yaml
# wrong
metadata:
  annotations:
    alb.ingress.kubernetes.io/actions.redirect: '{"type":"redirect","redirectConfig":{"protocol":"HTTPS","port":"443","statusCode":"HTTP_301"}}'
spec:
  defaultBackend: {service: {name: ssl-redirect, port: {name: use-annotation}}}
```
```yaml
# right
spec:
  defaultBackend: {service: {name: redirect, port: {name: use-annotation}}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::alb_action_unknown
