#include <fmt/format.h>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::autoscaler_duplicate {
namespace {

bool same_target(const Object& a, const Object& b) {
  const manifest::ScaleTarget first = manifest::scale_target(a);
  const manifest::ScaleTarget second = manifest::scale_target(b);
  return a.namespace_ == b.namespace_ && !first.name.empty() && first.name == second.name &&
         first.kind == second.kind && first.group == second.group;
}

/// The same object twice is the business of duplicate-object.
bool same_object(const Object& a, const Object& b) { return a.kind == b.kind && a.name == b.name; }

void check(Context& context) {
  const std::vector<const Object*> all = autoscalers(context);
  for (std::size_t i = 1; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!same_target(*all[i], *all[j]) || same_object(*all[i], *all[j])) continue;
      const manifest::ScaleTarget target = manifest::scale_target(*all[i]);
      context
          .report(
              *all[i], target.node,
              fmt::format("{} and {} both scale {}/{}", title_of(*all[i]), title_of(*all[j]), target.kind, target.name))
          .related(*all[j], all[j]->spec()["scaleTargetRef"], title_of(*all[j]));
      break;
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-duplicate",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "Two autoscalers scale the same workload",
    .remedy = "Put all metrics into one autoscaler: it takes the highest of their answers.",
    .documentation = R"(## What it does
Finds HorizontalPodAutoscalers and ScaledObjects of one namespace with the same target. A ScaledObject makes a
HorizontalPodAutoscaler of its own, so it counts as one.

## Why
Each sets the number of pods to its own answer, and they take turns.

## Example
```yaml
# wrong: one for CPU, another for memory
kind: HorizontalPodAutoscaler
metadata: {name: odoo-memory}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: odoo}
```
```yaml
# right
kind: HorizontalPodAutoscaler
metadata: {name: odoo}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: odoo}
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
    - type: Resource
      resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_duplicate
