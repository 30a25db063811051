#include <fmt/format.h>

#include <map>

#include "lint/context.h"

namespace rhumb::lint::container_port_duplicate {
namespace {

struct Seen {
  std::string_view container;
  Node node;
};

class Check {
 public:
  Check(Context& context, const Workload& workload) : context_(context), workload_(workload) {}

  void add(const Container& container, const manifest::Port& port) {
    // One number may be opened on several addresses of the node.
    const std::string address = fmt::format("{}/{}{}", port.number, port.protocol, host_part(port.node));
    see(container, port.node["containerPort"], address, fmt::format("the port {}/{}", port.number, port.protocol));
    if (port.name.empty()) return;
    see(container, port.node["name"], "=" + std::string(port.name), fmt::format("the port name {}", port.name));
  }

 private:
  static std::string host_part(Node port) {
    if (port["hostPort"].is_null()) return {};
    return fmt::format("@{}:{}", port["hostIP"].scalar_text(), port["hostPort"].scalar_text());
  }

  void see(const Container& container, Node node, const std::string& key, const std::string& what) {
    const auto [first, is_new] = seen_.try_emplace(key, Seen{container.name, node});
    if (is_new) return;
    const bool same = first->second.container == container.name;
    context_
        .report(
            workload_, node,
            fmt::format("{} stands twice in {}{}", what, workload_.title(),
                        same ? fmt::format(", in the container {}", container.name)
                             : fmt::format(", in the containers {} and {}", first->second.container, container.name)))
        .related(*workload_.object, first->second.node, "the first one");
  }

  Context& context_;
  const Workload& workload_;
  std::map<std::string, Seen> seen_;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    Check all(context, *workload);
    for (const Container& container : workload->containers) {
      // Init containers are gone before the others begin.
      Check alone(context, *workload);
      for (const manifest::Port& port : manifest::container_ports(container.node)) {
        (container.runs_on() ? all : alone).add(container, port);
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "container-port-duplicate",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .peers = "kube-score/container-ports-check",
    .summary = "Two container ports of a pod have one name or one number",
    .remedy = "Give each port of the pod a name and a number of its own.",
    .documentation = R"(## What it does
Finds names, and pairs of number and protocol, that stand twice among the ports of the containers that run together in a
pod. Init containers are compared with themselves alone. A number that is opened on different host ports is no duplicate.

## Why
The API server refuses a name that stands twice in one container and warns about the rest: of two ports with one name
Services and probes take the first, two containers cannot listen on one number, and `helm upgrade` loses one of two
entries with the same number.

## Example
```yaml
# wrong
ports:
  - {name: http, containerPort: 8080}
  - {name: metrics, containerPort: 8080}
```
```yaml
# right
ports:
  - {name: http, containerPort: 8080}
  - {name: metrics, containerPort: 9090}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::container_port_duplicate
