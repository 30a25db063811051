#include <fmt/format.h>

#include "lint/support/probes.h"

namespace rhumb::lint::liveness_probe_missing {
namespace {

void check(Context& context) {
  for (const auto& [workload, container] : containers_without(context, "livenessProbe")) {
    context.report_missing(*workload, container->node, "livenessProbe",
                           fmt::format("container {} of {} has no liveness probe: nobody notices when it hangs",
                                       container->name, workload->title()));
  }
}

}  // namespace

extern const Rule rule{
    .name = "liveness-probe-missing",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Liveness probe failure recovery",
    .peers = "kube-linter/no-liveness-probe, polaris/livenessProbeMissing",
    .summary = "A long-running container has no liveness probe",
    .remedy = "Add a liveness probe that asks the process itself, not what it depends on.",
    .documentation = R"(## What it does
Finds containers without a liveness probe, side-cars (init containers with `restartPolicy: Always`) included. Jobs,
hooks, tests, other init containers and pods that end by themselves need none. Neither does a container that only
sleeps: `sleep infinity`, `tail -f /dev/null`, the pause image.

## Why
A process that hangs without ending stays as it is until somebody looks. With a liveness probe the kubelet restarts
it.

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
    livenessProbe:
      httpGet: {path: /health/live, port: http}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::liveness_probe_missing
