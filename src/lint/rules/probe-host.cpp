#include <fmt/format.h>

#include "lint/support/pod_security.h"

namespace rhumb::lint::probe_host {
namespace {

void check_handler(Context& context, const Workload& workload, const Container& container, Node handler) {
  for (const std::string_view way : {"httpGet", "tcpSocket"}) {
    const Node host = handler[way]["host"];
    if (host.scalar_text().empty()) continue;
    context.report(
        workload, host,
        fmt::format("{} of {} goes to {} instead of the pod", handler.key(), title(container), host.scalar_text()));
  }
}

void check(Context& context) {
  if (!context.kube_at_least(1, 34)) return;
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      for (const std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"}) {
        check_handler(context, *workload, container, container.node[probe]);
      }
      for (const std::string_view hook : {"postStart", "preStop"}) {
        check_handler(context, *workload, container, container.node["lifecycle"][hook]);
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "probe-host",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_restricted,
    .serves = "PSS baseline",
    .summary = "A probe or lifecycle hook goes to another host",
    .remedy = "Remove host: the kubelet asks the pod itself. A name for virtual hosts belongs into the header Host.",
    .documentation = R"(## What it does
Finds `host` in the `httpGet` and `tcpSocket` of probes and lifecycle hooks. The standard forbids it from Kubernetes
1.34 on; before, the rule is silent.

## Why
The kubelet opens the connection from the node's network: with `host` a pod makes every node ask whatever address it
likes, past NetworkPolicies. And the answer says nothing about the pod.

## Example
```yaml
# wrong
livenessProbe:
  httpGet:
    host: app.example.com
    path: /
    port: 8080
```
```yaml
# right
livenessProbe:
  httpGet:
    httpHeaders:
      - name: Host
        value: app.example.com
    path: /
    port: 8080
```
)",
    .check = check,
};

}  // namespace rhumb::lint::probe_host
