#include <fmt/format.h>

#include "lint/support/probes.h"

namespace rhumb::lint::probe_slower_than_period {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      for (const Probe& probe : probes(container.node)) {
        const std::int64_t timeout = probe.number("timeoutSeconds");
        const std::int64_t period = probe.number("periodSeconds");
        if (timeout <= period) continue;
        context.report(*workload, probe.node["timeoutSeconds"],
                       fmt::format("the {} of container {} in {} may take {} s and is due every {} s", probe.title,
                                   container.name, workload->title(), timeout, period));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "probe-slower-than-period",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "A probe may take longer than the time until the next one is due",
    .remedy = "Lower timeoutSeconds to periodSeconds or less, or raise periodSeconds.",
    .documentation = R"(## What it does
Finds probes whose `timeoutSeconds` (1 by default) is greater than `periodSeconds` (10 by default).

## Why
Probes of one kind do not overlap: a probe that hangs puts off the next one, and failures are counted later than the
numbers say.

## Example
```yaml
# wrong
periodSeconds: 5
timeoutSeconds: 30
```
```yaml
# right
periodSeconds: 30
timeoutSeconds: 5
```
)",
    .check = check,
};

}  // namespace rhumb::lint::probe_slower_than_period
