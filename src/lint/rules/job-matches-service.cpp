#include <fmt/format.h>

#include <algorithm>

#include "lint/support/autoscaling.h"
#include "lint/support/traffic.h"

namespace rhumb::lint::job_matches_service {
namespace {

std::string kind_of(const Workload& workload) {
  if (workload.object->role == manifest::Role::test) return "the test ";
  return workload.object->is_hook() ? "the hook " : "";
}

/// A Service made for Jobs alone is meant to lead to them.
bool has_servers(const std::vector<const Workload*>& behind) {
  return std::any_of(behind.begin(), behind.end(), [](const Workload* workload) { return workload->is_service(); });
}

/// Another label is of no use: only the keys of the selector count.
std::string remedy_for(const Object& service) {
  std::string keys;
  for (const Node entry : service.spec()["selector"]) keys.append(keys.empty() ? "" : " or ").append(entry.key());
  return "give these pods another value of " + keys + ", by which the Service selects";
}

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    if (!service->group.empty() || service->is_hook()) continue;
    const std::vector<const Workload*> behind = context.workloads().behind(*service);
    if (!has_servers(behind)) continue;
    for (const Workload* workload : behind) {
      if (workload->is_service() || !can_reach(*service, *workload)) continue;
      context
          .report(*workload, workload->pod_metadata["labels"],
                  fmt::format("{}{} has the labels that {} selects: while it runs it gets a share of the requests",
                              kind_of(*workload), workload->title(), title_of(*service)))
          .hint(remedy_for(*service))
          .related(*service, service->spec()["selector"], "the selector of the Service");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "job-matches-service",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502, IApplicationEndpoints",
    .summary = "The pods of a Job, a hook or a test are selected by a Service of something else",
    .remedy = "Give the pods another value of a label that the Service selects by.",
    .documentation = R"(## What it does
Finds Jobs, CronJobs, hooks and tests whose pods have the labels that a Service selects, where the Service also selects
pods that serve. A Service whose target ports are all names that the Job's pods do not open sends nothing there, and is
left alone.

## Why
The pod of a migration or a backup has no readiness probe, so it counts as ready: while it runs, a share of the users'
requests goes to it and fails.

## Example
```yaml
# wrong: the Service selects app: odoo
kind: Job
spec:
  template:
    metadata: {labels: {app: odoo}}
```
```yaml
# right
kind: Job
spec:
  template:
    metadata: {labels: {app: odoo-migration}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::job_matches_service
