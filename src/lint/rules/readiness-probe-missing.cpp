#include <fmt/format.h>

#include "lint/support/probes.h"

namespace rhumb::lint::readiness_probe_missing {
namespace {

void check(Context& context) {
  for (const auto& [workload, container] : containers_without(context, "readinessProbe")) {
    if (!decides_readiness(context.workloads(), *workload, *container)) continue;
    context.report_missing(
        *workload, container->node, "readinessProbe",
        fmt::format("container {} of {} has no readiness probe: it counts as ready as soon as it starts",
                    container->name, workload->title()));
  }
}

}  // namespace

extern const Rule rule{
    .name = "readiness-probe-missing",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Readiness probe success",
    .peers = "kube-linter/no-readiness-probe, kube-score/pod-probes, polaris/readinessProbeMissing",
    .summary = "A long-running container has no readiness probe",
    .remedy = "Add a readiness probe that succeeds when the container can serve.",
    .documentation = R"(## What it does
Finds containers without a readiness probe, side-cars (init containers with `restartPolicy: Always`) included. Jobs,
hooks, tests, other init containers and pods that end by themselves need none. Neither does a container that only
sleeps (`sleep infinity`, `tail -f /dev/null`, the pause image), nor one without `ports` beside one that has the ports of
every Service which selects the pod: the other one says when the pod can serve.

## Why
Without it a pod gets requests before it can answer them, and a rolling update takes the old pods away while the new
ones are still starting.

## Example
```yaml
# wrong
containers:
  - name: odoo
    image: odoo:18.0.7
```
```yaml
# right
containers:
  - name: odoo
    image: odoo:18.0.7
    readinessProbe:
      httpGet: {path: /health/ready, port: http}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::readiness_probe_missing
