#include <fmt/format.h>

#include "lint/support/probes.h"

namespace rhumb::lint::probes_identical {
namespace {

/// The container has time to start, or to recover, before it is restarted.
bool is_settled(const Probe& liveness, const Probe& readiness, Node container) {
  return probe(container, "startupProbe") ||
         liveness.number("initialDelaySeconds") > readiness.number("initialDelaySeconds") ||
         liveness.patience() > readiness.patience();
}

void check(Context& context) {
  for (const Workload* workload : context.services()) {
    for (const Container& container : workload->containers) {
      if (!container.runs_on()) continue;
      const auto liveness = probe(container.node, "livenessProbe");
      const auto readiness = probe(container.node, "readinessProbe");
      if (!liveness || !readiness || !ask_the_same(*liveness, *readiness, container.node)) continue;
      if (is_settled(*liveness, *readiness, container.node)) continue;
      context
          .report(*workload, liveness->node,
                  fmt::format("the liveness probe of container {} in {} asks what its readiness probe asks, and is no "
                              "more patient: what should wait is restarted",
                              container.name, workload->title()))
          .related(*workload->object, readiness->node, "the readiness probe");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "probes-identical",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .peers = "kube-score/pod-probes-identical",
    .summary = "Liveness and readiness ask the same question with the same patience",
    .remedy = "Ask something else, add a startup probe, or let the liveness probe wait or fail longer.",
    .documentation = R"(## What it does
Compares the liveness and readiness probes of a container: the kind of question, the port (a name and its number are the
same), path, scheme, host and headers, the command, the gRPC service. Equal ones are reported unless a startup probe
stands before them, or the liveness probe begins later or bears failures longer.

## Why
A container that is slow to start, or that cannot serve for a moment, is killed where it should only be left out of the
Service: a restart loop.

## Example
```yaml
# wrong
readinessProbe:
  httpGet: {path: /health, port: http}
livenessProbe:
  httpGet: {path: /health, port: http}
```
```yaml
# right
readinessProbe:
  httpGet: {path: /health, port: http}
livenessProbe:
  httpGet: {path: /health, port: http}
  failureThreshold: 10
```
)",
    .check = check,
};

}  // namespace rhumb::lint::probes_identical
