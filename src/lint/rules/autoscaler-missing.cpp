#include <fmt/format.h>

#include <algorithm>

#include "lint/support/autoscaling.h"
#include "lint/support/traffic.h"

namespace rhumb::lint::autoscaler_missing {
namespace {

/// No data of its own on a disk: more pods are no more than that.
bool is_stateless(const Workload& workload) {
  if (workload.kind() == "StatefulSet") return false;
  const std::vector<manifest::Volume> volumes = manifest::volumes(workload);
  return std::none_of(volumes.begin(), volumes.end(), [](const manifest::Volume& volume) {
    const std::string_view source = volume.source();
    return source == "persistentVolumeClaim" || source == "hostPath" || source == "ephemeral";
  });
}

void check(Context& context) {
  for (const Workload* workload : context.scalable()) {
    if (!is_stateless(*workload) || !context.workloads().autoscalers(*workload).empty()) continue;
    if (context.workloads().replicas(*workload).least == 0) continue;
    const std::vector<const Object*> services = published_services(*workload, context.workloads());
    if (services.empty()) continue;
    context.report(*workload, workload->object->root["kind"],
                   fmt::format("{} serves users through {} and keeps no data, but no autoscaler follows the load",
                               workload->title(), title_of(*services.front())));
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-missing",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-502, LOOMWORKS: Scale up on high CPU",
    .summary = "A stateless workload that serves users has no autoscaler",
    .remedy = "Add a HorizontalPodAutoscaler with an upper bound that the cluster can bear.",
    .documentation = R"(## What it does
Finds workloads without a HorizontalPodAutoscaler or ScaledObject whose Service an Ingress, a Gateway route or a load
balancer leads to, and that mount no claim and no path of the node.

## Why
The number of pods that is right on a quiet day is too small on a busy one, and too great on all others.

## Example
```yaml
# wrong
kind: Deployment
spec:
  replicas: 2
```
```yaml
# right
kind: HorizontalPodAutoscaler
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: gps}
  minReplicas: 2
  maxReplicas: 12
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_missing
