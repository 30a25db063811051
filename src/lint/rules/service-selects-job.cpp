#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/service_targets.h"

namespace rhumb::lint::service_selects_job {
namespace {

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    if (!service->group.empty()) continue;
    for (const Workload* workload : context.workloads().behind(*service)) {
      // A pod without the named port gets no traffic.
      if (workload->is_service() || answers(*workload, *service) == Answer::no) continue;
      context
          .report(
              *workload, workload->pod_metadata["labels"],
              fmt::format("Service/{} selects the pods of {}, which do not serve: while they run they get a share of "
                          "its connections",
                          service->name, workload->title()))
          .related(*service, service->spec()["selector"], "the selector");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-selects-job",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints",
    .summary = "A Service selects the pods of a Job, a hook or a test",
    .remedy =
        "Give the pods of the Job labels that the selector does not have: another app.kubernetes.io/name or component.",
    .documentation = R"(## What it does
Matches the selectors of Services against the pods of Jobs, CronJobs, hooks and tests. Pods that lack the ports by name
that the Service leads to get no traffic and are left alone.

## Why
The pod of a migration has no readiness probe, so it counts as ready: requests go to it while it runs, and fail.

## Example
```yaml
# wrong
kind: Service
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: 8080}]
---
kind: Job
metadata: {name: migrate}
spec:
  template:
    metadata: {labels: {app: shop}}
```
```yaml
# right
kind: Job
metadata: {name: migrate}
spec:
  template:
    metadata: {labels: {app: shop-migrate}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_selects_job
