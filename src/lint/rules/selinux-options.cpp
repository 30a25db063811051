#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::selinux_options {
namespace {

bool is_allowed_type(const Context& context, std::string_view type) {
  if (type == "container_engine_t") return context.kube_at_least(1, 31);
  return type.empty() || type == "container_t" || type == "container_init_t" || type == "container_kvm_t";
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    each_own_setting(*workload, "seLinuxOptions", [&](Node options, const std::string& who) {
      Node at;
      std::string what;
      const auto add = [&](Node node, std::string_view field) {
        if (!at) at = node;
        what += fmt::format("{}{} {}", what.empty() ? "" : ", ", field, node.scalar_text());
      };
      if (!is_allowed_type(context, options["type"].scalar_text())) add(options["type"], "type");
      for (const std::string_view field : {"user", "role"}) {
        if (!options[field].scalar_text().empty()) add(options[field], field);
      }
      if (at) context.report(*workload, at, fmt::format("{} chooses its SELinux label: {}", who, what));
    });
  }
}

}  // namespace

extern const Rule rule{
    .name = "selinux-options",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .serves = "PSS baseline",
    .summary = "A pod chooses its SELinux label",
    .remedy =
        "Leave user and role out; of the types only those for containers. Accept on purpose what is made for its node.",
    .documentation = R"(## What it does
Finds `seLinuxOptions`, of pods and of containers, with a `user`, a `role` or a `type` other than `container_t`,
`container_init_t`, `container_kvm_t` and, from Kubernetes 1.31 on, `container_engine_t`.

## Why
`spc_t` and the like switch SELinux off for the container; a user or role of one's own is a way out as well.

## Example
```yaml
# wrong
securityContext:
  seLinuxOptions:
    type: spc_t
```
```yaml
# right
securityContext:
  seLinuxOptions:
    level: s0:c123,c456
```
)",
    .check = check,
};

}  // namespace rhumb::lint::selinux_options
