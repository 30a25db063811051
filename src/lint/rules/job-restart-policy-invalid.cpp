#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::job_restart_policy_invalid {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (!workload->is_job()) continue;
    const std::string_view policy = workload->pod_spec["restartPolicy"].text();
    const Node spec =
        workload->kind() == "CronJob" ? workload->object->spec()["jobTemplate"]["spec"] : workload->object->spec();
    if (policy == "OnFailure" && !spec["podFailurePolicy"].is_null()) {
      context.report(
          *workload, workload->pod_spec["restartPolicy"],
          fmt::format("with a podFailurePolicy the pods of {} must have restartPolicy Never", workload->title()));
    }
    if (policy == "Never" || policy == "OnFailure") continue;
    context.report_field(*workload, workload->pod_spec, "restartPolicy",
                         fmt::format("the pods of {} have restartPolicy {}, a Job needs Never or OnFailure",
                                     workload->title(), policy.empty() ? "Always by default" : policy));
  }
}

}  // namespace

extern const Rule rule{
    .name = "job-restart-policy-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: Daily backup execution",
    .peers = "kube-score/cronjob-restartpolicy",
    .summary = "The pods of a Job would be restarted for ever",
    .remedy = "Set `restartPolicy: Never` or `OnFailure`.",
    .documentation = R"(## What it does
Finds Jobs and CronJobs whose pods have a `restartPolicy` other than Never or OnFailure; without one it is Always.

## Why
The API server refuses them.

## Example
```yaml
# wrong
kind: Job
spec:
  template: {spec: {containers: [{name: work, image: "work:1.0.0"}]}}
```
```yaml
# right
kind: Job
spec:
  template: {spec: {restartPolicy: Never, containers: [{name: work, image: "work:1.0.0"}]}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::job_restart_policy_invalid
