#include <fmt/format.h>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::autoscaler_fights_replicas {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.scalable()) {
    const Node replicas = workload->object->spec()["replicas"];
    // 0 switches the autoscaler off.
    if (replicas.is_null() || replicas.integer() == 0) continue;
    const std::vector<const Object*> scaled = context.workloads().autoscalers(*workload);
    if (scaled.empty()) continue;
    const Object& autoscaler = *scaled.front();
    context
        .report(*workload, replicas,
                fmt::format("{} sets replicas to {}, and {} scales it: every upgrade undoes what was scaled",
                            workload->title(), replicas.scalar_text(), title_of(autoscaler)))
        .related(autoscaler, autoscaler.spec()["scaleTargetRef"], "the autoscaler")
        .hint("render replicas only while the autoscaler is off");
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-fights-replicas",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .peers = "kube-score/deployment-targeted-by-hpa-does-not-have-replicas-configured",
    .summary = "A workload that an autoscaler scales sets its replicas as well",
    .remedy = "Leave replicas out while an autoscaler is rendered.",
    .documentation = R"(## What it does
Finds workloads of all kinds that write `replicas` while a HorizontalPodAutoscaler or ScaledObject targets them. 0 is
left alone: it switches the autoscaler off.

## Why
Every `helm upgrade` and `kubectl apply` sets the number back to what is written, in the middle of the busiest hour too,
until the autoscaler has counted again.

## Example
```yaml
# wrong
spec:
  replicas: {{ .Values.replicaCount }}
```
```yaml
# right
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_fights_replicas
