// Where an Ingress leads: hosts and paths to the pods behind them, and which controller reads it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

enum class IngressController : std::uint8_t { unknown, ingress_nginx, nginx_inc, aws };

/// By class, by the IngressClass where the release holds it, else by the annotations that only one of them reads.
IngressController controller_of(const Objects& objects, const Object& ingress);

struct IngressRoute {
  const Object* ingress = nullptr;
  Node node;              // the entry of `paths`, or the default backend
  std::string_view host;  // empty for any
  std::string_view path;
  std::string_view type;  // "Prefix", "Exact", "ImplementationSpecific"
  const Object* service = nullptr;
  const Workload* workload = nullptr;
  std::int64_t port = 0;  // of the container
};

/// One for each workload that a path leads to; what leads out of the release is left out.
std::vector<IngressRoute> ingress_routes(const Workloads& workloads);

/// The route that takes a request, as the API's rules of precedence have it: an exact path, else the longest prefix.
/// Null for none. `routes` are of one host.
const IngressRoute* route_for(const std::vector<const IngressRoute*>& routes, std::string_view path);

/// The port of long-lived connections that a workload opens beside its main one: by the name of the port. 0 for none.
std::int64_t websocket_port(const Workload& workload, const std::vector<std::string>& names);

}  // namespace rhumb::lint
