#include <fmt/format.h>

#include "lint/context.h"
#include "rhumb/manifest/security_context.h"

namespace rhumb::lint::host_namespace {
namespace {

struct HostNamespace {
  std::string_view field;
  std::string_view what;
};

constexpr HostNamespace host_namespaces[] = {
    {"hostNetwork", "network"}, {"hostPID", "processes"}, {"hostIPC", "shared memory"}};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    // The API server demands hostNetwork of them, and Windows has neither of the others.
    if (manifest::is_host_process(*workload)) continue;
    for (const auto& [field, what] : host_namespaces) {
      const Node node = workload->pod_spec[field];
      if (!node.is_true()) continue;
      context.report(*workload, node, fmt::format("the pods share the {} of their node", what))
          .hint(fmt::format("remove {}; accept on purpose what is made for its node", field));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "host-namespace",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production | preset_restricted,
    .profiles = profile_both,
    .serves = "PSS baseline",
    .peers =
        "kube-linter/host-network, kube-linter/host-pid, kube-linter/host-ipc, polaris/hostNetworkSet, "
        "polaris/hostPIDSet, polaris/hostIPCSet",
    .summary = "A pod shares a namespace of its node",
    .remedy = "Remove hostNetwork, hostPID and hostIPC; accept on purpose what is made for its node.",
    .documentation = R"(## What it does
Finds pods with `hostNetwork`, `hostPID` or `hostIPC`. HostProcess pods of Windows must have `hostNetwork`, and are
`host-process` alone.

## Why
In the node's network NetworkPolicies do not hold and services bound to localhost are within reach; among its processes
and in its shared memory a container reads what belongs to others.

## Example
```yaml
# wrong
spec:
  hostNetwork: true
```
```yaml
# right
spec:
  hostNetwork: false
```
)",
    .check = check,
};

}  // namespace rhumb::lint::host_namespace
