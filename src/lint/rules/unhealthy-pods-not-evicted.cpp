#include <fmt/format.h>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::unhealthy_pods_not_evicted {
namespace {

void check(Context& context) {
  if (!context.kube_at_least(1, 27)) return;
  for (const Object* budget : context.of_kind("PodDisruptionBudget")) {
    if (!budget->spec()["unhealthyPodEvictionPolicy"].is_null()) continue;
    context.report_missing(*budget, budget->spec(), "unhealthyPodEvictionPolicy",
                           title_of(*budget) +
                               " says nothing about pods that are not ready: too many of them, and none "
                               "of them can be evicted");
  }
}

}  // namespace

extern const Rule rule{
    .name = "unhealthy-pods-not-evicted",
    .category = Category::opinion,
    .severity = Severity::info,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .peers = "kube-linter/pdb-unhealthy-pod-eviction-policy",
    .summary = "A PodDisruptionBudget holds pods that are not ready",
    .remedy = "Set unhealthyPodEvictionPolicy: AlwaysAllow, or IfHealthyBudget where that is meant.",
    .documentation = R"(## What it does
Finds PodDisruptionBudgets without `unhealthyPodEvictionPolicy`, from Kubernetes 1.27 on. Either value is an answer.

## Why
By default a pod that is not ready is evicted only while enough others are. An application that is down then keeps its
nodes from being drained until somebody repairs it.

## Example
```yaml
# wrong
kind: PodDisruptionBudget
spec:
  maxUnavailable: 1
```
```yaml
# right
kind: PodDisruptionBudget
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
```
)",
    .check = check,
};

}  // namespace rhumb::lint::unhealthy_pods_not_evicted
