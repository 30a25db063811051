#include "lint/support/ingress_routes.h"

#include <algorithm>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

IngressController by_name(std::string_view text) {
  if (strings::contains(text, "ingress-nginx")) return IngressController::ingress_nginx;
  if (strings::contains(text, "nginx.org/")) return IngressController::nginx_inc;
  return strings::contains(text, "ingress.k8s.aws/alb") ? IngressController::aws : IngressController::unknown;
}

IngressController by_annotations(const Object& ingress) {
  const Node annotations = ingress.metadata()["annotations"];
  if (!annotations.is_map()) return IngressController::unknown;
  for (const Node entry : annotations) {
    if (entry.key().starts_with("nginx.ingress.kubernetes.io/")) return IngressController::ingress_nginx;
    if (entry.key().starts_with("nginx.org/")) return IngressController::nginx_inc;
    if (entry.key().starts_with("alb.ingress.kubernetes.io/")) return IngressController::aws;
  }
  return IngressController::unknown;
}

/// A Service's port by number or name.
Node service_port(const Object& service, Node wanted) {
  const Node list = service.spec()["ports"];
  if (!list.is_list()) return {};
  for (const Node port : list) {
    const bool by_number = wanted["number"].integer() && port["port"].integer() == wanted["number"].integer();
    if (by_number || (!wanted["name"].text().empty() && port["name"].text() == wanted["name"].text())) return port;
  }
  return {};
}

std::int64_t container_port(const Workload& workload, Node service_port) {
  const Node target = service_port["targetPort"];
  if (target.is_null()) return service_port["port"].integer().value_or(0);
  if (const auto number = target.integer()) return *number;
  for (const manifest::Port& port : manifest::pod_ports(workload)) {
    if (port.name == target.text()) return port.number;
  }
  return 0;
}

class Collector {
 public:
  explicit Collector(const Workloads& workloads) : workloads_(workloads) {}

  std::vector<IngressRoute> collect() {
    for (const Object* ingress : workloads_.objects().of_kind("Ingress")) {
      if (ingress->group != "networking.k8s.io") continue;
      IngressRoute base;
      base.ingress = ingress;
      base.type = "Prefix";
      add(base, ingress->spec()["defaultBackend"], "/");
      if (!ingress->spec()["rules"].is_list()) continue;
      for (const Node rule : ingress->spec()["rules"]) add_rule(base, rule);
    }
    return std::move(found_);
  }

 private:
  void add_rule(IngressRoute base, Node rule) {
    base.host = rule["host"].scalar_text();
    const Node paths = rule["http"]["paths"];
    if (!paths.is_list()) return;
    for (const Node entry : paths) {
      base.type = entry["pathType"].text();
      const std::string_view path = entry["path"].scalar_text();
      add(base, entry, path.empty() ? "/" : path);
    }
  }

  void add(IngressRoute route, Node entry, std::string_view path) {
    const Node wanted = entry["backend"].is_null() ? entry["service"] : entry["backend"]["service"];
    route.node = entry;
    route.path = path;
    route.service = workloads_.objects().find("", "Service", route.ingress->namespace_, wanted["name"].scalar_text());
    if (route.service == nullptr) return;
    const Node port = service_port(*route.service, wanted["port"]);
    for (const Workload* workload : workloads_.behind(*route.service)) {
      route.workload = workload;
      route.port = port ? container_port(*workload, port) : 0;
      found_.push_back(route);
    }
  }

  const Workloads& workloads_;
  std::vector<IngressRoute> found_;
};

bool takes(const IngressRoute& route, std::string_view path) {
  if (route.type == "Exact") return route.path == path;
  const std::string_view prefix = strings::trim_suffix(route.path, "/");
  return path == prefix || prefix.empty() || (path.starts_with(prefix) && path[prefix.size()] == '/');
}

}  // namespace

IngressController controller_of(const Objects& objects, const Object& ingress) {
  std::string_view name = ingress.spec()["ingressClassName"].scalar_text();
  if (name.empty()) name = ingress.annotation("kubernetes.io/ingress.class");
  if (const Object* const known = objects.find("networking.k8s.io", "IngressClass", "", name)) {
    return by_name(known->spec()["controller"].text());
  }
  if (name == "alb") return IngressController::aws;
  const IngressController told = by_annotations(ingress);
  if (told != IngressController::unknown) return told;
  return name == "nginx" ? IngressController::ingress_nginx : IngressController::unknown;
}

std::vector<IngressRoute> ingress_routes(const Workloads& workloads) { return Collector(workloads).collect(); }

const IngressRoute* route_for(const std::vector<const IngressRoute*>& routes, std::string_view path) {
  const IngressRoute* best = nullptr;
  for (const IngressRoute* route : routes) {
    if (!takes(*route, path)) continue;
    if (route->type == "Exact") return route;
    if (best == nullptr || route->path.size() > best->path.size()) best = route;
  }
  return best;
}

std::int64_t websocket_port(const Workload& workload, const std::vector<std::string>& names) {
  const std::vector<manifest::Port> ports = manifest::pod_ports(workload);
  for (const manifest::Port& port : ports) {
    if (ports.size() > 1 && std::find(names.begin(), names.end(), port.name) != names.end()) return port.number;
  }
  return 0;
}

}  // namespace rhumb::lint
