#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::headless_service_field_ignored {
namespace {

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    const Node spec = service->spec();
    const std::string_view type = spec["type"].text();
    const bool is_headless = spec["clusterIP"].text() == "None" && (type.empty() || type == "ClusterIP");
    if (!service->group.empty() || !is_headless) continue;
    for (const std::string_view field : {"loadBalancerIP", "externalIPs", "sessionAffinity"}) {
      const Node node = spec[field];
      if (node.is_null() || node.text() == "None" || (!node.is_scalar() && node.empty())) continue;
      if (node.is_string() && node.text().empty()) continue;
      context.report(*service, node, fmt::format("{} does nothing: Service/{} is headless", field, service->name));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "headless-service-field-ignored",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A headless Service has a field that does nothing there",
    .remedy = "Drop the field, or give the Service an address.",
    .documentation = R"(## What it does
Finds `loadBalancerIP`, `externalIPs` and `sessionAffinity` on Services with `clusterIP: None`.

## Why
A headless Service is a name in DNS alone; no proxy stands in between that could do what the field asks for.

## Example
```yaml
# wrong
spec:
  clusterIP: None
  sessionAffinity: ClientIP
```
```yaml
# right
spec:
  sessionAffinity: ClientIP
```
)",
    .check = check,
};

}  // namespace rhumb::lint::headless_service_field_ignored
