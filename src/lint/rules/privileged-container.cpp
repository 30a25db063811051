#include <fmt/format.h>

#include "lint/support/pod_security.h"
#include "lint/support/root_work.h"

namespace rhumb::lint::privileged_container {
namespace {

/// The path of a mount that hands on to the node what is mounted below it; empty for none.
std::string_view path_handed_on(Node container) {
  for (const Node mount : container["volumeMounts"]) {
    if (mount["mountPropagation"].text() == "Bidirectional") return mount["mountPath"].scalar_text();
  }
  return {};
}

/// Where no capability would do; empty for the rule's own remedy.
std::string remedy_for(const Context& context, const Workload& workload, const Container& container) {
  if (const std::string_view path = path_handed_on(container.node); !path.empty()) {
    return fmt::format(
        "the mountPropagation Bidirectional of {} is allowed to privileged containers only: drop it where nothing is "
        "mounted below, make the mount on the node, or accept the finding on purpose",
        path);
  }
  if (sets_sysctl(context, workload, container)) return without_root(context, workload, container);
  for (const Container& other : workload.containers) {
    if (!other.node["securityContext"]["privileged"].is_true() || path_handed_on(other.node).empty()) continue;
    return fmt::format(
        "remove privileged from this container alone, with the capabilities that it needs in its place: {} has a "
        "Bidirectional mount",
        title(other));
  }
  return {};
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      const Node privileged = container.node["securityContext"]["privileged"];
      if (!privileged.is_true()) continue;
      context.report(*workload, privileged, title(container) + " is privileged")
          .hint(remedy_for(context, *workload, container));
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
    .remedy =
        "Remove privileged; add the one capability that is needed, if any. Accept on purpose what is made for its "
        "node.",
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
