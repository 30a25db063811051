#include <fmt/format.h>

#include <map>
#include <tuple>

#include "lint/context.h"
#include "lint/support/alb.h"
#include "lint/support/ingress_graph.h"

namespace rhumb::lint::ingress_duplicate_path {
namespace {

using Place = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

/// One path may stand twice where something else tells the requests apart.
bool is_told_apart(const Object& ingress, const IngressBackend& backend) {
  if (ingress.annotation("nginx.ingress.kubernetes.io/canary") == "true") return true;
  return !ingress.annotation(alb_key("conditions." + std::string(backend.service))).empty();
}

void check(Context& context) {
  std::map<Place, std::pair<const Object*, Node>> seen;
  for (const Object* ingress : ingresses(context)) {
    for (const IngressBackend& backend : ingress_backends(*ingress)) {
      if (!backend.path || is_told_apart(*ingress, backend)) continue;
      const std::string_view type = backend.path["pathType"].text();
      std::string_view path = backend.path["path"].scalar_text();
      if (path.empty()) path = "/";
      const Place place{ingress_class(*ingress), backend.host.scalar_text(), path, type};
      const auto [first, is_new] = seen.try_emplace(place, ingress, backend.path);
      if (is_new) continue;
      const Object& other = *first->second.first;
      const std::string where = &other == ingress ? "in the same Ingress" : fmt::format("in Ingress/{}", other.name);
      context
          .report(*ingress, backend.path["path"] ? backend.path["path"] : backend.path,
                  fmt::format("the path {} stands a second time, {} as well", backend.title(), where))
          .related(other, first->second.second, "the first one");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "ingress-duplicate-path",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints",
    .summary = "Two Ingress rules have the same host and path",
    .remedy = "Drop one of them, or tell them apart by host, path or path type.",
    .documentation = R"(## What it does
Finds pairs of the same class, host, path and path type, in one Ingress or in several. Canaries of ingress-nginx, and
backends of the AWS Load Balancer Controller with conditions of their own, may share a path.

## Why
One of the two never gets a request; which one depends on the controller. The admission webhook of ingress-nginx refuses
the second Ingress.

## Example
```yaml
# wrong
paths:
  - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
  - {path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}
```
```yaml
# right
paths:
  - {path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}
  - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::ingress_duplicate_path
