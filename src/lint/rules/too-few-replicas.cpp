#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::too_few_replicas {
namespace {

constexpr Parameter parameters[] = {
    {"minimum", ParameterType::integer, "2", "pods that must run at any time"},
};

void check(Context& context) {
  const std::int64_t minimum = context.integer("minimum");
  for (const Workload* workload : context.scalable()) {
    const manifest::Replicas replicas = context.workloads().replicas(*workload);
    // Scaled to nothing on purpose.
    if (replicas.least >= minimum || (replicas.least == 0 && replicas.autoscaler == nullptr)) continue;
    const std::string who = replicas.autoscaler == nullptr
                                ? workload->title()
                                : workload->title() + ", scaled by " + std::string(replicas.autoscaler->kind) + "/" +
                                      std::string(replicas.autoscaler->name) + ",";
    const std::string message = fmt::format("{} is sure of {} {}, {} are needed", who, replicas.least,
                                            replicas.least == 1 ? "pod" : "pods", minimum);
    if (replicas.least_node) {
      context.report(*replicas.least_object, replicas.least_node, message);
    } else {
      context.report_missing(*replicas.least_object, replicas.least_object->spec(),
                             replicas.autoscaler == nullptr ? "replicas" : "minReplicas", message);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "too-few-replicas",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-502",
    .peers =
        "kube-linter/minimum-three-replicas, kube-linter/hpa-minimum-three-replicas, kube-score/deployment-replicas, "
        "kube-score/horizontalpodautoscaler-replicas, polaris/deploymentMissingReplicas, polaris/hpaMinAvailability",
    .summary = "A workload is not guaranteed enough pods",
    .remedy = "Set the replicas, or the autoscaler's lower bound, to the minimum or more.",
    .documentation = R"(## What it does
Finds Deployments, StatefulSets, ReplicaSets and Rollouts that may run with fewer pods than `minimum`. Where a
HorizontalPodAutoscaler or a ScaledObject targets the workload its lower bound counts (1, or 0 for a ScaledObject, when
it sets none), else `replicas` (1 when it is not set). A workload scaled to 0 is switched off and left alone.

## Why
A single pod is an outage with every node that is drained and every crash.

## Example
```yaml
# wrong
kind: Deployment
spec:
  replicas: 1
```
```yaml
# right
kind: Deployment
spec:
  replicas: 2
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::too_few_replicas
