#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/service_targets.h"

namespace rhumb::lint::service_selects_several {
namespace {

/// A workload with that answer for the port; null for none.
const Workload* find(const std::vector<const Workload*>& workloads, Node port, Answer answer) {
  const auto found = std::find_if(workloads.begin(), workloads.end(),
                                  [&](const Workload* workload) { return answers(*workload, port) == answer; });
  return found == workloads.end() ? nullptr : *found;
}

void check_service(Context& context, const Object& service) {
  std::vector<const Workload*> workloads = context.workloads().behind(service);
  std::erase_if(workloads, [](const Workload* workload) { return !workload->is_service(); });
  for (const Node port : service.spec()["ports"]) {
    const Workload* const good = find(workloads, port, Answer::yes);
    const Workload* const bad = find(workloads, port, Answer::no);
    // Pods without the named port get no traffic.
    if (good == nullptr || bad == nullptr || port["targetPort"].is_string()) continue;
    context
        .report(service, service.spec()["selector"],
                fmt::format("Service/{} selects {}, and {} as well, which does not open its port {}", service.name,
                            good->title(), bad->title(), port["port"].scalar_text()))
        .related(*bad->object, bad->pod_metadata["labels"], "its labels");
    return;
  }
}

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    if (service->group.empty()) check_service(context, *service);
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-selects-several",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints",
    .summary = "A Service selects a workload beside its own that does not serve its ports",
    .remedy = "Add a label to the selector that only the right pods have: app.kubernetes.io/component.",
    .documentation = R"(## What it does
Finds Services that select several workloads and lead, by number, to a port that one of them declares and another, which
declares others, does not. Two workloads that both open it, as stable and canary do, may share a Service. Of a named port
the pods that lack it are left out by Kubernetes.

## Why
A share of the connections goes to pods that refuse them.

## Example
```yaml
# wrong
kind: Service
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: 8080}]
# ... with a Deployment web (app: shop, port 8080) and a Deployment worker (app: shop, port 9000)
```
```yaml
# right
kind: Service
spec:
  selector: {app: shop, component: web}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_selects_several
