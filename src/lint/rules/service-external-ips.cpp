#include <fmt/format.h>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::service_external_ips {
namespace {

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    const Node addresses = service->spec()["externalIPs"];
    if (!service->group.empty() || addresses.empty()) continue;
    context.report(*service, addresses, fmt::format("the Service claims {}", strings::join(addresses.texts(), ", ")));
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-external-ips",
    .category = Category::security,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .summary = "A Service claims addresses that nobody checks",
    .remedy = "Use a load balancer or an Ingress.",
    .documentation = R"(## What it does
Finds Services with `externalIPs`.

## Why
Whoever may write a Service takes traffic for any address this way, also that of somebody else (CVE-2020-8554). Many
clusters refuse the field; Kubernetes deprecates it.

## Example
```yaml
# wrong
kind: Service
spec:
  externalIPs: [203.0.113.10]
```
```yaml
# right
kind: Service
spec:
  type: LoadBalancer
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_external_ips
