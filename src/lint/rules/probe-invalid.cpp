#include <fmt/format.h>

#include <array>

#include "lint/support/probes.h"

namespace rhumb::lint::probe_invalid {
namespace {

constexpr std::array<std::string_view, 4> handlers{"httpGet", "tcpSocket", "grpc", "exec"};
constexpr std::array<std::string_view, 5> counts{"initialDelaySeconds", "timeoutSeconds", "periodSeconds",
                                                 "successThreshold", "failureThreshold"};

class Checker {
 public:
  Checker(Context& context, const Workload& workload, const Container& container, const Probe& probe)
      : context_(context), workload_(workload), container_(container), probe_(probe) {}

  void check() {
    if (container_.kind == ContainerKind::init) {
      return say(probe_.node, "stands on an init container, which must not have probes");
    }
    check_handlers();
    check_numbers();
    if (!probe_.port.is_null()) check_port();
  }

 private:
  void say(Node node, std::string_view what) {
    context_.report(
        workload_, node,
        fmt::format("the {} of container {} in {} {}", probe_.title, container_.name, workload_.title(), what));
  }

  void check_handlers() {
    int given = 0;
    for (const std::string_view handler : handlers) given += probe_.node[handler].is_null() ? 0 : 1;
    if (given == 0) return say(probe_.node, "says nothing to ask: it needs one of httpGet, tcpSocket, grpc and exec");
    if (given > 1) return say(probe_.node, "asks in more than one way");
    if (probe_.handler == "exec") {
      if (probe_.node["exec"]["command"].empty()) say(probe_.node["exec"], "has no command");
    } else if (probe_.port.is_null()) {
      say(probe_.node[probe_.handler], "has no port");
    }
  }

  void check_numbers() {
    for (const std::string_view count : counts) {
      if (probe_.node[count].integer().value_or(0) < 0)
        say(probe_.node[count], fmt::format("has a negative {}", count));
    }
    const bool is_readiness = probe_.field == "readinessProbe";
    if (!is_readiness && probe_.number("successThreshold") > 1) {
      say(probe_.node["successThreshold"], "must have a successThreshold of 1");
    }
    const Node grace = probe_.node["terminationGracePeriodSeconds"];
    if (grace.is_null()) return;
    if (is_readiness) return say(grace, "must not have terminationGracePeriodSeconds: it ends nothing");
    if (grace.integer().value_or(1) < 1) say(grace, "needs terminationGracePeriodSeconds of 1 or more");
  }

  void check_port() {
    const Node port = probe_.port;
    const auto number = port.integer();
    if (number && (*number < 1 || *number > 65535)) return say(port, fmt::format("asks port {}", *number));
    if (!port.is_string()) return;
    if (probe_.handler == "grpc") return say(port, "must give the gRPC port as a number");
    if (port.text().find_first_not_of("0123456789") == std::string_view::npos) {
      return say(port, fmt::format("asks port \"{}\": a text is a name, and a name needs a letter", port.text()));
    }
    for (const manifest::Port& open : manifest::container_ports(container_.node)) {
      if (open.name == port.text() && open.protocol != "TCP") {
        return say(port, fmt::format("asks port {} by TCP, and the port is {}", port.text(), open.protocol));
      }
    }
  }

  Context& context_;
  const Workload& workload_;
  const Container& container_;
  const Probe& probe_;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) {
      for (const Probe& probe : probes(container.node)) Checker(context, *workload, container, probe).check();
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "probe-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "The API server refuses a probe, or it can never succeed",
    .remedy = "Give the probe one handler with a TCP port of the container, and numbers in their ranges.",
    .documentation = R"(## What it does
Finds probes with no handler, with two, or without port or command; negative numbers; a `successThreshold` other than 1
for liveness and startup; a named port for gRPC, a text of digits where a number or a name belongs, a number that is no
port; `terminationGracePeriodSeconds` on a readiness probe; probes of init containers; and a probe that asks a port by
TCP which the container opens for UDP or SCTP.

## Why
All but the last are refused by the API server when the release is installed. The last fails for ever.

## Example
```yaml
# wrong
livenessProbe:
  tcpSocket: {port: http}
  successThreshold: 2
```
```yaml
# right
livenessProbe:
  tcpSocket: {port: http}
  failureThreshold: 2
```
)",
    .check = check,
};

}  // namespace rhumb::lint::probe_invalid
