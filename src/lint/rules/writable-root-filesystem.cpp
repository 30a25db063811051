#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::writable_root_filesystem {
namespace {

/// What is made to look around does not stay; to who owns the node a file system of the container is nothing.
bool is_spared(const Container& container, bool spares_privileged) {
  return container.kind == ContainerKind::ephemeral ||
         (spares_privileged && container.node["securityContext"]["privileged"].is_true());
}

void check(Context& context) {
  const bool spares_privileged = context.is_on("privileged-container");
  for (const Workload* workload : context.all_workloads()) {
    if (manifest::is_windows(*workload) || workload->object->role == manifest::Role::test) continue;
    for (const Container& container : workload->containers) {
      const Node node = container.node["securityContext"]["readOnlyRootFilesystem"];
      if (node.is_true() || is_spared(container, spares_privileged)) continue;
      report_path(context, *workload, container.node, {"securityContext", "readOnlyRootFilesystem"},
                  fmt::format("{} may write to its root file system: readOnlyRootFilesystem is {}", title(container),
                              node.is_null() ? "not set" : node.scalar_text()))
          .hint_of_values("set {readOnlyRootFilesystem} to true{values}, and mount emptyDirs where the program writes");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "writable-root-filesystem",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "TMS security (1.7.4)",
    .peers =
        "kube-linter/no-read-only-root-fs, kube-score/container-security-context-readonlyrootfilesystem, "
        "polaris/notReadOnlyRootFilesystem",
    .summary = "A container may change its own image",
    .remedy = "Set readOnlyRootFilesystem: true and mount emptyDirs where the program writes.",
    .documentation = R"(## What it does
Finds containers, init containers and side-cars without `readOnlyRootFilesystem: true`. Windows has no such thing, the
pods of `helm test` are gone before it matters, and of a privileged container `privileged-container` says what is to be
said.

## Why
An intruder who cannot write cannot leave a program behind; and a program that writes beside its volumes loses the data
with the next restart, and fills up the node before.

## Example
```yaml
# wrong
containers:
  - name: app
    securityContext:
      readOnlyRootFilesystem: false
```
```yaml
# right
containers:
  - name: app
    securityContext:
      readOnlyRootFilesystem: true
    volumeMounts:
      - name: tmp
        mountPath: /tmp
```
)",
    .check = check,
};

}  // namespace rhumb::lint::writable_root_filesystem
