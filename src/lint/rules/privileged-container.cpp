#include "lint/support/pod_security.h"

namespace rhumb::lint::privileged_container {
namespace {

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      const Node privileged = container.node["securityContext"]["privileged"];
      if (privileged.is_true()) context.report(*workload, privileged, title(container) + " is privileged");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "privileged-container",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .profiles = profile_both,
    .serves = "PSS baseline",
    .peers =
        "kube-linter/privileged-container, kube-score/container-security-context-privileged, polaris/runAsPrivileged",
    .summary = "A container is privileged",
    .remedy = "Remove privileged; add the one capability that is needed, if any.",
    .documentation = R"(## What it does
Finds containers of every sort (init containers, side-cars and ephemeral ones too) with `privileged: true`.

## Why
A privileged container has every capability and every device of its node: who breaks out of the process owns the node.

## Example
```yaml
# wrong
containers:
  - name: app
    securityContext:
      privileged: true
```
```yaml
# right
containers:
  - name: app
    securityContext:
      privileged: false
```
)",
    .check = check,
};

}  // namespace rhumb::lint::privileged_container
