#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::capabilities_added {
namespace {

void check_container(Context& context, const Workload& workload, const Container& container) {
  Node at;
  std::string names;
  const Node added = capabilities(container, "add");
  for (const Node item : added) {
    if (item.scalar_text() == "NET_BIND_SERVICE" || !is_default_capability(item.scalar_text())) continue;
    at = at ? added : item;
    names.append(names.empty() ? "" : ", ").append(item.scalar_text());
  }
  if (at)
    context.report(workload, at,
                   fmt::format("{} adds {}, only NET_BIND_SERVICE may be added", title(container), names));
}

void check(Context& context) {
  if (!context.kube_at_least(1, 22)) return;
  for (const Workload* workload : context.all_workloads()) {
    if (is_spared_windows(context, *workload)) continue;
    for (const Container& container : workload->containers) check_container(context, *workload, container);
  }
}

}  // namespace

extern const Rule rule{
    .name = "capabilities-added",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_restricted,
    .serves = "PSS restricted",
    .summary = "A container adds a capability that it should do without",
    .remedy = "Add NET_BIND_SERVICE at most.",
    .documentation = R"(## What it does
Finds capabilities other than `NET_BIND_SERVICE` in `capabilities.add`, as far as container runtimes grant them by
default (`CHOWN`, `SETUID` ...); the rule dangerous-capability reports all others. The standard asks for it from
Kubernetes 1.22 on; pods with `os.name: windows` are left alone from 1.25 on.

## Why
With `CHOWN`, `DAC_OVERRIDE` or `SETUID` a process works its way around the users of the image.

## Example
```yaml
# wrong
securityContext:
  capabilities:
    drop: [ALL]
    add: [CHOWN]
```
```yaml
# right
securityContext:
  capabilities:
    drop: [ALL]
    add: [NET_BIND_SERVICE]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::capabilities_added
