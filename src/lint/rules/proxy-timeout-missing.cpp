#include <fmt/format.h>

#include <optional>
#include <set>

#include "lint/context.h"
#include "lint/support/ingress_routes.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint::proxy_timeout_missing {
namespace {

constexpr Parameter parameters[] = {
    {"minimum-seconds", ParameterType::integer, "120", "shorter time-outs than this are too short"},
    {"port-names", ParameterType::list, "longpolling, websocket, gevent, ws",
     "names of the ports that take long-lived connections: an Ingress to a workload with one is looked at"},
};

/// What the controllers wait for where nothing is said.
constexpr std::int64_t default_seconds = 60;

struct Timeout {
  Node node;  // none where it is not set
  std::string_view annotation;
  std::int64_t seconds = default_seconds;
};

/// "900", "900s"; nginx of F5 takes minutes and hours, too.
std::optional<std::int64_t> read_seconds(std::string_view text) {
  std::int64_t unit = 1;
  if (text.ends_with('m')) unit = 60;
  if (text.ends_with('h')) unit = 3600;
  const auto number = atoi(strings::trim_right(text, "smh"));
  if (!number) return {};
  return number.value * unit;
}

Timeout annotated(const Object& ingress, std::string_view annotation) {
  Timeout timeout{ingress.metadata()["annotations"][annotation], annotation, default_seconds};
  if (const auto seconds = read_seconds(timeout.node.scalar_text())) timeout.seconds = *seconds;
  return timeout;
}

/// Of the list "a=1,b=2".
Timeout load_balancer(const Object& ingress) {
  constexpr std::string_view attribute = "idle_timeout.timeout_seconds=";
  Timeout timeout = annotated(ingress, "alb.ingress.kubernetes.io/load-balancer-attributes");
  timeout.seconds = default_seconds;
  for (const std::string_view item : strings::split(timeout.node.scalar_text(), ",")) {
    const std::string_view plain = strings::trim_space(item);
    if (!plain.starts_with(attribute)) continue;
    if (const auto seconds = read_seconds(plain.substr(attribute.size()))) timeout.seconds = *seconds;
  }
  return timeout;
}

std::vector<Timeout> timeouts(const Context& context, const Object& ingress) {
  switch (controller_of(context.objects(), ingress)) {
    case IngressController::ingress_nginx:
      return {annotated(ingress, "nginx.ingress.kubernetes.io/proxy-read-timeout"),
              annotated(ingress, "nginx.ingress.kubernetes.io/proxy-send-timeout")};
    case IngressController::nginx_inc:
      return {annotated(ingress, "nginx.org/proxy-read-timeout"), annotated(ingress, "nginx.org/proxy-send-timeout")};
    case IngressController::aws: return {load_balancer(ingress)};
    case IngressController::unknown: break;
  }
  return {};
}

void check_ingress(Context& context, const Object& ingress) {
  const std::int64_t minimum = context.integer("minimum-seconds");
  std::vector<std::string> faults;
  Timeout first;
  for (const Timeout& timeout : timeouts(context, ingress)) {
    if (timeout.seconds >= minimum) continue;
    if (faults.empty()) first = timeout;
    faults.push_back(fmt::format(
        "{} {}", timeout.annotation.substr(timeout.annotation.rfind('/') + 1),
        timeout.node ? fmt::format("{} s", timeout.seconds) : fmt::format("{} s by default", timeout.seconds)));
  }
  if (faults.empty()) return;
  const std::string message =
      fmt::format("requests that take longer are cut off, {} s are needed: {}", minimum, strings::join(faults, ", "));
  const Node annotations = ingress.metadata()["annotations"];
  const Node parent = annotations.is_map() ? annotations : ingress.metadata();
  context.report_field(ingress, parent, annotations.is_map() ? first.annotation : "annotations", message);
}

void check(Context& context) {
  std::set<const Object*> seen;
  for (const IngressRoute& route : ingress_routes(context.workloads())) {
    if (websocket_port(*route.workload, context.list("port-names")) == 0) continue;
    context.applies();
    if (seen.insert(route.ingress).second) check_ingress(context, *route.ingress);
  }
}

}  // namespace

extern const Rule rule{
    .name = "proxy-timeout-missing",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_both,
    .serves =
        "LOOMWORKS: Large file upload support, LOOMWORKS: WebSocket upgrade for longpolling, IApplicationEndpoints",
    .summary = "The proxy ends long requests and quiet connections too early",
    .remedy = "Set the read and send time-outs of the Ingress to what the longest request may take.",
    .documentation = R"(## What it does
Looks at Ingresses that lead to a workload with a port for long-lived connections, and compares the time-outs of the
controller with `minimum-seconds`: proxy-read-timeout and proxy-send-timeout of nginx, the idle timeout of the AWS load
balancer. What is not set is 60 seconds. Other controllers are left alone.

A controller may have other defaults, so only the profiles switch this on.

## Why
A report that takes two minutes ends in a 504, and an open chat reconnects every minute.

## Example
```yaml
# wrong
metadata:
  annotations: {}
```
```yaml
# right
metadata:
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: "900"
    nginx.ingress.kubernetes.io/proxy-send-timeout: "900"
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::proxy_timeout_missing
