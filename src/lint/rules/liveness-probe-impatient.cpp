#include <fmt/format.h>

#include "lint/support/probes.h"

namespace rhumb::lint::liveness_probe_impatient {
namespace {

constexpr Parameter parameters[] = {
    {"seconds", ParameterType::integer, "10", "how long a container may be without an answer, at least"},
};

void check(Context& context) {
  const std::int64_t wanted = context.integer("seconds");
  for (const Workload* workload : context.services()) {
    for (const Container& container : workload->containers) {
      const auto liveness = probe(container.node, "livenessProbe");
      if (!container.runs_on() || !liveness || liveness->patience() >= wanted) continue;
      const Node field = liveness->node["failureThreshold"];
      context.report_field(
          *workload, liveness->node, field ? "failureThreshold" : "periodSeconds",
          fmt::format("the liveness probe of container {} in {} restarts it after {} s without an "
                      "answer ({} failures, {} s apart), at least {} s are needed",
                      container.name, workload->title(), liveness->patience(), liveness->number("failureThreshold"),
                      liveness->number("periodSeconds"), wanted));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "liveness-probe-impatient",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Liveness probe failure recovery",
    .summary = "A liveness probe restarts a container after a few seconds without an answer",
    .remedy = "Raise failureThreshold or periodSeconds: a restart should be the last thing that is tried.",
    .documentation = R"(## What it does
Multiplies `failureThreshold` (3 by default) with `periodSeconds` (10 by default) of liveness probes and compares the
time with `seconds`.

## Why
A pause of the garbage collector, a slow disk or a busy node lasts some seconds. Under load every pod is slow at the
same time, and restarts of all of them make it worse.

## Example
```yaml
# wrong
livenessProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 2
  failureThreshold: 2
```
```yaml
# right
livenessProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 10
  failureThreshold: 6
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::liveness_probe_impatient
