#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "lint/context.h"
#include "lint/support/alb.h"
#include "lint/support/alb_values.h"
#include "lint/support/ingress_graph.h"

namespace rhumb::lint::alb_annotation_invalid {
namespace {

/// Listeners of the whole group: the redirect counts for all of its members.
AlbListeners group_listeners(Context& context, const Object& ingress) {
  AlbListeners all;
  for (const Object* member : alb_group_members(context, ingress)) {
    const AlbListeners own = alb_listeners(*member);
    all.ports.insert(all.ports.end(), own.ports.begin(), own.ports.end());
  }
  return all;
}

void check_redirect(Context& context, const Object& ingress, Node redirect) {
  std::int64_t port = 0;
  const std::string_view text = redirect.scalar_text();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) {
    context.report(ingress, redirect, fmt::format("ssl-redirect is \"{}\": it is the number of the HTTPS port", text));
    return;
  }
  const AlbListeners listeners = group_listeners(context, ingress);
  const std::string protocol = listeners.protocol_of(port);
  if (protocol == "HTTPS" || (protocol.empty() && has_foreign_members(context, ingress))) return;
  context.report(ingress, redirect,
                 protocol.empty()
                     ? fmt::format("ssl-redirect leads to the port {}, which no listener has", port)
                     : fmt::format("ssl-redirect leads to the port {}, whose listener is not HTTPS", port));
}

void check_listeners(Context& context, const Object& ingress) {
  const Node annotations = ingress.metadata()["annotations"];
  const AlbListeners listeners = alb_listeners(ingress);
  if (!listeners.error.empty()) {
    context.report(ingress, listeners.node, "listen-ports cannot be read: " + listeners.error);
    return;
  }
  const Node certificate = annotations[alb_key("certificate-arn")];
  if (!certificate.scalar_text().empty() && !listeners.has("HTTPS")) {
    context.report(ingress, listeners.node, "there is a certificate, but no HTTPS listener that would show it");
  }
  const Node version = annotations[alb_key("backend-protocol-version")];
  if (version.scalar_text() == "GRPC" && !listeners.has("HTTPS")) {
    context.report(ingress, version, "GRPC needs an HTTPS listener");
  }
  if (const Node redirect = annotations[alb_key("ssl-redirect")]) check_redirect(context, ingress, redirect);
}

/// Targets of the type instance are reached by node ports.
void check_target_type(Context& context, const Object& ingress) {
  const Node type = ingress.metadata()["annotations"][alb_key("target-type")];
  if (type.scalar_text() != "instance") return;
  for (const IngressBackend& backend : ingress_backends(ingress)) {
    const Object* const service = context.objects().find("", "Service", ingress.namespace_, backend.service);
    if (service == nullptr || !service->annotation(alb_key("target-type")).empty()) continue;
    const std::string_view kind = service->spec()["type"].text();
    if (!kind.empty() && kind != "ClusterIP") continue;
    context
        .report(
            ingress, type,
            fmt::format("targets of the type instance need node ports, but Service/{} is a ClusterIP", service->name))
        .related(*service, service->spec(), "has no node ports");
    return;
  }
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    if (!is_alb(context.objects(), *ingress)) continue;
    for (const Node entry : ingress->metadata()["annotations"]) {
      if (!entry.key().starts_with(alb_prefix) || !entry.is_string()) continue;
      const std::string_view name = entry.key().substr(alb_prefix.size());
      const std::string fault = alb_value_fault(name, entry.text());
      if (!fault.empty()) context.report(*ingress, entry, fmt::format("{}: {}", name, fault));
    }
    check_listeners(context, *ingress);
    check_target_type(context, *ingress);
  }
}

}  // namespace

extern const Rule rule{
    .name = "alb-annotation-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_tms,
    .serves = "IApplicationEndpoints",
    .summary = "The AWS Load Balancer Controller cannot carry out an annotation",
    .remedy = "Correct the value; the message says what it takes.",
    .documentation = R"(## What it does
Reads the annotations `alb.ingress.kubernetes.io/...` of Ingresses of that controller as it does. `listen-ports` is JSON, a
list of objects with HTTP or HTTPS and a port; `ssl-redirect` the port of an HTTPS listener of the group;
`certificate-arn` a list of ARNs of ACM or IAM, and needs an HTTPS listener; `target-type: instance` needs Services with
node ports; GRPC an HTTPS listener. Lists of pairs, networks, numbers with their bounds, names and choices are looked at
too. Annotations that are no texts belong to `label-invalid`, actions to `alb-action-unknown`.

## Why
The controller stops at the first annotation that it cannot read: no load balancer is made or changed, and only an event
on the Ingress tells.

## Example
```yaml
# wrong
annotations:
  alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 8443}]'
  alb.ingress.kubernetes.io/ssl-redirect: "443"
```
```yaml
# right
annotations:
  alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'
  alb.ingress.kubernetes.io/ssl-redirect: "443"
```
)",
    .check = check,
};

}  // namespace rhumb::lint::alb_annotation_invalid
