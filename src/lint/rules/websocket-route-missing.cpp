#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "lint/context.h"
#include "lint/support/ingress_routes.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::websocket_route_missing {
namespace {

constexpr Parameter parameters[] = {
    {"port-names", ParameterType::list, "longpolling, websocket, gevent, ws",
     "names of the ports that take long-lived connections"},
    {"paths", ParameterType::list, "", "paths that must lead to that port; empty: any path is enough"},
};

using Routes = std::vector<const IngressRoute*>;

class Checker {
 public:
  Checker(Context& context, const Routes& routes) : context_(context), routes_(routes) {}

  /// Every workload that the host leads to.
  void check() {
    std::set<const Workload*> seen;
    for (const IngressRoute* route : routes_) {
      if (!seen.insert(route->workload).second) continue;
      const std::int64_t port = websocket_port(*route->workload, context_.list("port-names"));
      if (port == 0) continue;
      context_.applies();
      check_workload(*route, port);
    }
  }

 private:
  void check_workload(const IngressRoute& route, std::int64_t port) {
    const Workload& workload = *route.workload;
    const bool is_led_to = std::any_of(routes_.begin(), routes_.end(), [&](const IngressRoute* each) {
      return each->workload == &workload && (each->port == port || each->port == 0);
    });
    const std::string host = route.host.empty() ? "every host" : std::string(route.host);
    if (!is_led_to) {
      context_.report(*route.ingress, route.node.parent().is_list() ? route.node.parent() : route.node,
                      fmt::format("no path of {} leads to port {} of {}, which takes long-lived connections", host,
                                  port, workload.title()));
      return;
    }
    for (const std::string& path : context_.list("paths")) check_path(route, host, port, path);
  }

  void check_path(const IngressRoute& route, const std::string& host, std::int64_t port, const std::string& path) {
    const IngressRoute* const taken = route_for(routes_, path);
    if (taken == nullptr || taken->port == port || taken->port == 0) return;
    context_
        .report(*taken->ingress, taken->node,
                fmt::format("{} of {} leads to port {} of {}, long-lived connections are taken at {}", path, host,
                            taken->port, route.workload->title(), port))
        .key(path);
  }

  Context& context_;
  const Routes& routes_;
};

void check(Context& context) {
  const std::vector<IngressRoute> routes = ingress_routes(context.workloads());
  std::map<std::string_view, Routes> by_host;
  for (const IngressRoute& route : routes) {
    // Paths that are patterns are not followed.
    if (route.ingress->annotation("nginx.ingress.kubernetes.io/use-regex") == "true") return;
    by_host[route.host].push_back(&route);
  }
  for (const auto& [host, own] : by_host) Checker(context, own).check();
}

}  // namespace

extern const Rule rule{
    .name = "websocket-route-missing",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "LOOMWORKS: WebSocket upgrade for longpolling, IApplicationEndpoints",
    .summary = "Long-lived connections end at the wrong port",
    .remedy = "Add a path of the Ingress (/websocket, /longpolling) to the port that takes them.",
    .documentation = R"(## What it does
Looks at workloads with a port for long-lived connections beside the main one, by its name: Odoo's gevent worker, the port
of a notification hub. Where an Ingress leads to such a workload some path of the same host must lead to that port, and
every path that `paths` names. Paths are followed as the API has it: exact ones first, then the longest prefix.

## Why
The main port answers, so everything seems to work; but each open page holds a worker, or the chat stays empty.

## Example
```yaml
# wrong
paths:
  - {path: /, pathType: Prefix, backend: {service: {name: odoo, port: {name: http}}}}
```
```yaml
# right
paths:
  - {path: /websocket, pathType: Prefix, backend: {service: {name: odoo, port: {name: longpolling}}}}
  - {path: /, pathType: Prefix, backend: {service: {name: odoo, port: {name: http}}}}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::websocket_route_missing
