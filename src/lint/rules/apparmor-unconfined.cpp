#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::apparmor_unconfined {
namespace {

constexpr std::string_view annotation_prefix = "container.apparmor.security.beta.kubernetes.io/";

void check_annotations(Context& context, const Workload& workload) {
  const Node annotations = workload.pod_metadata["annotations"];
  if (!annotations.is_map()) return;
  for (const Node annotation : annotations) {
    const std::string_view value = annotation.scalar_text();
    if (!annotation.key().starts_with(annotation_prefix) || value.empty()) continue;
    if (value == "runtime/default" || value.starts_with("localhost/")) continue;
    context.report(workload, annotation,
                   fmt::format("the AppArmor profile of container \"{}\" is {}",
                               annotation.key().substr(annotation_prefix.size()), value));
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    check_annotations(context, *workload);
    each_own_setting(*workload, "appArmorProfile", [&](Node profile, const std::string& who) {
      const Node type = profile["type"];
      if (type.text() == "RuntimeDefault" || type.text() == "Localhost") return;
      context.report(*workload, type ? type : profile,
                     fmt::format("the AppArmor profile of {} is {}", who, type ? type.scalar_text() : "of no type"));
    });
  }
}

}  // namespace

extern const Rule rule{
    .name = "apparmor-unconfined",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .serves = "PSS baseline",
    .peers = "polaris/linuxHardening",
    .summary = "A container switches AppArmor off",
    .remedy = "Remove the profile: the runtime's own one holds then. Or name one with Localhost.",
    .documentation = R"(## What it does
Finds an `appArmorProfile` with a `type` other than `RuntimeDefault` and `Localhost`, of pods and of containers, and
annotations `container.apparmor.security.beta.kubernetes.io/<container>` that are neither `runtime/default` nor
`localhost/<profile>`.

## Why
Nodes with AppArmor confine every container by default; `Unconfined` takes that away.

## Example
```yaml
# wrong
securityContext:
  appArmorProfile:
    type: Unconfined
```
```yaml
# right
securityContext:
  appArmorProfile:
    type: RuntimeDefault
```
)",
    .check = check,
};

}  // namespace rhumb::lint::apparmor_unconfined
