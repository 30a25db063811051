#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::seccomp_unconfined {
namespace {

constexpr std::string_view pod_annotation = "seccomp.security.alpha.kubernetes.io/pod";
constexpr std::string_view container_annotation = "container.seccomp.security.alpha.kubernetes.io/";

void check_annotation(Context& context, const Workload& workload, const std::string& key) {
  const Node node = workload.pod_metadata["annotations"][key];
  const std::string_view value = node.scalar_text();
  if (node.is_null() || value == "runtime/default" || value == "docker/default" || value.starts_with("localhost/")) {
    return;
  }
  context.report(workload, node, fmt::format("the seccomp profile of the annotation is {}", value));
}

void check_annotations(Context& context, const Workload& workload) {
  check_annotation(context, workload, std::string(pod_annotation));
  for (const Container& container : workload.containers) {
    check_annotation(context, workload, std::string(container_annotation) + std::string(container.name));
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (!context.kube_at_least(1, 19)) {
      check_annotations(context, *workload);
      continue;
    }
    each_own_setting(*workload, "seccompProfile", [&](Node profile, const std::string& who) {
      if (is_confining(profile)) return;
      const Node type = profile["type"];
      context.report(*workload, type ? type : profile,
                     fmt::format("the seccomp profile of {} is {}", who, type ? type.scalar_text() : "of no type"));
    });
  }
}

}  // namespace

extern const Rule rule{
    .name = "seccomp-unconfined",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .profiles = profile_both,
    .serves = "PSS baseline, PSS restricted",
    .summary = "A container may make every system call",
    .remedy = "Set seccompProfile.type: RuntimeDefault, or Localhost with a profile of your own.",
    .documentation = R"(## What it does
Finds `seccompProfile` with a `type` other than `RuntimeDefault` and `Localhost`, of pods and of containers; before
Kubernetes 1.19 the annotations that came before the field.

## Why
`Unconfined` takes away the lock that most outbreaks from containers had to pass.

## Example
```yaml
# wrong
securityContext:
  seccompProfile:
    type: Unconfined
```
```yaml
# right
securityContext:
  seccompProfile:
    type: RuntimeDefault
```
)",
    .check = check,
};

}  // namespace rhumb::lint::seccomp_unconfined
