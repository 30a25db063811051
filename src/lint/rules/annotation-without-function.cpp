#include <fmt/format.h>

#include <array>

#include "lint/context.h"

namespace rhumb::lint::annotation_without_function {
namespace {

struct Dead {
  std::string_view key;
  int since;
  std::string_view replacement;
};

constexpr std::array dead{
    Dead{"scheduler.alpha.kubernetes.io/critical-pod", 16, "priorityClassName"},
    Dead{"security.alpha.kubernetes.io/sysctls", 11, "securityContext.sysctls"},
    Dead{"security.alpha.kubernetes.io/unsafe-sysctls", 11, "securityContext.sysctls"},
    Dead{"seccomp.security.alpha.kubernetes.io/pod", 27, "securityContext.seccompProfile"},
    Dead{"scheduler.alpha.kubernetes.io/affinity", 8, "affinity"},
    Dead{"scheduler.alpha.kubernetes.io/tolerations", 8, "tolerations"},
    Dead{"pod.beta.kubernetes.io/init-containers", 8, "initContainers"},
    Dead{"pod.alpha.kubernetes.io/init-containers", 8, "initContainers"},
};
constexpr std::string_view seccomp_prefix = "container.seccomp.security.alpha.kubernetes.io/";

void report(Context& context, const Workload& workload, Node entry, int since, std::string_view replacement) {
  context.report(workload, entry, fmt::format("{} does nothing since Kubernetes 1.{}", entry.key(), since))
      .hint(fmt::format("use the field {}", replacement));
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const bool has_profile = !workload->pod_spec["securityContext"]["seccompProfile"].is_null();
    for (const Node entry : workload->pod_metadata["annotations"]) {
      // Charts for old and new clusters write annotation and field.
      const bool is_seccomp = entry.key().starts_with(seccomp_prefix) || entry.key() == dead[3].key;
      if (is_seccomp && has_profile) continue;
      for (const Dead& known : dead) {
        if (entry.key() == known.key && context.kube_at_least(1, known.since)) {
          report(context, *workload, entry, known.since, known.replacement);
        }
      }
      if (entry.key().starts_with(seccomp_prefix) && context.kube_at_least(1, 27)) {
        report(context, *workload, entry, 27, "securityContext.seccompProfile");
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "annotation-without-function",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A pod has an annotation that Kubernetes does not read any more",
    .remedy = "Use the field that the hint names.",
    .documentation = R"(## What it does
Finds the annotations that became fields long ago: critical pods, sysctls, seccomp profiles (unless the field is set
too), affinity, tolerations, init containers. The API server warns about most of them.

## Why
What they ask for does not happen: a pod that is thought to be confined is not.

## Example
```yaml
# wrong
metadata:
  annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}
```
```yaml
# right
spec:
  securityContext: {seccompProfile: {type: RuntimeDefault}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::annotation_without_function
