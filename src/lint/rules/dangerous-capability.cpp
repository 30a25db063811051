#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::dangerous_capability {
namespace {

void check_container(Context& context, const Workload& workload, const Container& container) {
  Node at;
  std::string names;
  const Node added = capabilities(container, "add");
  for (const Node item : added) {
    if (is_default_capability(item.scalar_text())) continue;
    at = at ? added : item;
    names.append(names.empty() ? "" : ", ").append(item.scalar_text());
  }
  if (at) context.report(workload, at, fmt::format("{} adds {}", title(container), names));
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) check_container(context, *workload, container);
  }
}

}  // namespace

extern const Rule rule{
    .name = "dangerous-capability",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .profiles = profile_both,
    .serves = "PSS baseline",
    .peers = "polaris/dangerousCapabilities",
    .summary = "A container adds a capability that reaches beyond it",
    .remedy = "Remove the capability; what needs it belongs on the node, or is accepted on purpose.",
    .documentation = R"(## What it does
Finds capabilities in `capabilities.add` that the Pod Security Standard "baseline" does not allow: `SYS_ADMIN`,
`NET_ADMIN`, `SYS_PTRACE`, `ALL` ... and `NET_RAW`, which Docker and containerd grant by default but the standard leaves
out.

## Why
With `SYS_ADMIN` or `SYS_MODULE` a container is the node; with `NET_ADMIN` it changes the routes, with `NET_RAW` it
speaks in the name of others.

## Example
```yaml
# wrong
securityContext:
  capabilities:
    add: [SYS_ADMIN]
```
```yaml
# right
securityContext:
  capabilities:
    drop: [ALL]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::dangerous_capability
