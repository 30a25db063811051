#include <fmt/format.h>
#include <algorithm>

#include "lint/context.h"

namespace rhumb::lint::unsafe_sysctl {
namespace {

struct SafeSysctl {
  std::string_view name;
  int minor = 0;  // of the version since which the standard has it
};

// As check_sysctls.go of k8s.io/pod-security-admission/policy.
constexpr SafeSysctl safe_sysctls[] = {
    {"kernel.shm_rmid_forced"},
    {"net.ipv4.ip_local_port_range"},
    {"net.ipv4.ip_unprivileged_port_start"},
    {"net.ipv4.ping_group_range"},
    {"net.ipv4.tcp_syncookies"},
    {"net.ipv4.ip_local_reserved_ports", 27},
    {"net.ipv4.tcp_fin_timeout", 29},
    {"net.ipv4.tcp_keepalive_intvl", 29},
    {"net.ipv4.tcp_keepalive_probes", 29},
    {"net.ipv4.tcp_keepalive_time", 29},
    {"net.ipv4.tcp_rmem", 32},
    {"net.ipv4.tcp_wmem", 32},
    {"net.ipv4.tcp_notsent_lowat", 37},
    {"net.ipv4.tcp_slow_start_after_idle", 37},
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const Node sysctls = workload->pod_spec["securityContext"]["sysctls"];
    if (!sysctls.is_list()) continue;
    for (const Node sysctl : sysctls) {
      const std::string_view name = sysctl["name"].scalar_text();
      const auto* const known = std::find_if(std::begin(safe_sysctls), std::end(safe_sysctls),
                                             [&](const SafeSysctl& safe) { return safe.name == name; });
      const bool is_known = known != std::end(safe_sysctls);
      if (is_known && context.kube_at_least(1, known->minor)) continue;
      context.report(*workload, sysctl["name"] ? sysctl["name"] : sysctl,
                     is_known ? fmt::format("{} is a safe sysctl from Kubernetes 1.{} on only", name, known->minor)
                              : fmt::format("{} is no safe sysctl", name));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "unsafe-sysctl",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .serves = "PSS baseline",
    .peers = "kube-linter/unsafe-sysctls",
    .summary = "A pod sets a kernel parameter that is not safe",
    .remedy = "Remove the sysctl, or set it on the nodes that need it.",
    .documentation = R"(## What it does
Finds `sysctls` that the Pod Security Standards do not count as safe; the list grows with the version of Kubernetes
(1.27, 1.29, 1.32, 1.37).

## Why
Parameters that are not separate for each pod reach every pod of the node. Kubelets refuse those that are not on their
own list of exceptions, so that the pod does not start.

## Example
```yaml
# wrong
securityContext:
  sysctls:
    - name: net.core.somaxconn
      value: "4096"
```
```yaml
# right
securityContext:
  sysctls:
    - name: net.ipv4.ip_local_port_range
      value: "1024 65535"
```
)",
    .check = check,
};

}  // namespace rhumb::lint::unsafe_sysctl
