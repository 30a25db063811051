#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/ingress_graph.h"
#include "lint/support/near_name.h"

namespace rhumb::lint::ingress_class_unknown {
namespace {

constexpr Parameter parameters[] = {
    {"classes", ParameterType::list, "",
     "classes that the cluster has, beside those of the release; none: any name is taken"},
    {"default-class", ParameterType::boolean, "false", "the cluster has a default class: an Ingress may name none"},
};

constexpr std::string_view annotation = "kubernetes.io/ingress.class";

/// Classes that controllers bring under these names; to tell slips of the pen from names of one's own.
constexpr std::string_view common[] = {"nginx",
                                       "alb",
                                       "traefik",
                                       "haproxy",
                                       "kong",
                                       "contour",
                                       "istio",
                                       "cilium",
                                       "gce",
                                       "azure-application-gateway",
                                       "openshift-default"};

bool is_known(Context& context, std::string_view name) {
  return context.lists("classes", name) ||
         context.objects().find("networking.k8s.io", "IngressClass", "", name) != nullptr;
}

void check_name(Context& context, const Object& ingress, Node node) {
  const std::string_view name = node.scalar_text();
  if (is_known(context, name)) return;
  if (!context.list("classes").empty()) {
    context.report(
        ingress, node,
        fmt::format("the cluster has no ingress class {}: it has {}", name, fmt::join(context.list("classes"), ", ")));
  } else if (const std::string_view near = nearest_of(name, common);
             !near.empty() && std::find(std::begin(common), std::end(common), name) == std::end(common)) {
    context.report(ingress, node, fmt::format("the ingress class {} is not known", name))
        .hint(fmt::format("did you mean {}?", near));
  }
}

void check(Context& context) {
  for (const Object* ingress : ingresses(context)) {
    const Node field = ingress->spec()["ingressClassName"];
    const Node old = ingress->metadata()["annotations"][annotation];
    if (!field.scalar_text().empty() && !old.scalar_text().empty()) {
      context
          .report(*ingress, old,
                  fmt::format("the Ingress names its class twice: {} and {}", field.scalar_text(), old.scalar_text()))
          .hint("ingressClassName counts; on creation the API server refuses both together");
    } else if (!field.scalar_text().empty()) {
      check_name(context, *ingress, field);
    } else if (!old.scalar_text().empty()) {
      check_name(context, *ingress, old);
    } else if (!context.flag("default-class")) {
      context.report_missing(*ingress, ingress->spec(), "ingressClassName",
                             "the Ingress names no class: a controller serves it only where its class is the default");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-class-unknown",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints",
    .summary = "An Ingress names no class, two of them, or one that the cluster does not have",
    .remedy = "Set ingressClassName to a class of the cluster.",
    .documentation = R"(## What it does
Looks at `ingressClassName` and at the old annotation `kubernetes.io/ingress.class`. Neither of them, both of them, or a
class that is neither in the list `classes` nor made by the release is a finding. While `classes` is empty every name is
taken, but for one that is a slip of the pen away from a well-known one. With `default-class` an Ingress may name none.

## Why
No controller feels responsible for an Ingress of an unknown class; it is stored, and nothing else happens.

## Example
```yaml
# wrong
kind: Ingress
spec:
  ingressClassName: ngnix
```
```yaml
# right
kind: Ingress
spec:
  ingressClassName: nginx
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::ingress_class_unknown
