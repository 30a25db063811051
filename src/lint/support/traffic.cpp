#include "lint/support/traffic.h"

#include <algorithm>
#include <array>

namespace rhumb::lint {
namespace {

Node items(Node list) { return list.is_list() ? list : Node(); }

bool names(Node backend, std::string_view name) {
  if (backend["service"]["name"].scalar_text() == name) return true;
  return backend["serviceName"].scalar_text() == name;  // before networking.k8s.io/v1
}

bool is_ingress_to(const Object& ingress, std::string_view name) {
  const Node spec = ingress.spec();
  if (names(spec["defaultBackend"], name) || names(spec["backend"], name)) return true;
  for (const Node rule : items(spec["rules"])) {
    for (const Node path : items(rule["http"]["paths"])) {
      if (names(path["backend"], name)) return true;
    }
  }
  // Backends of the AWS Load Balancer Controller that stand in an annotation, as JSON.
  const std::string quoted = "\"" + std::string(name) + "\"";
  const Node annotations = ingress.metadata()["annotations"];
  return std::any_of(annotations.children().begin(), annotations.children().end(), [&](const yaml::TreeNode& entry) {
    return entry.key.starts_with("alb.ingress.kubernetes.io/actions.") &&
           entry.text.find(quoted) != std::string_view::npos;
  });
}

bool refers_to(Node reference, std::string_view name) {
  const std::string_view kind = reference["kind"].text();
  return (kind.empty() || kind == "Service") && reference["name"].scalar_text() == name;
}

/// Gateway API: spec.rules[].backendRefs[]; Traefik: spec.routes[].services[].
bool is_route_to(const Object& route, std::string_view list, std::string_view field, std::string_view name) {
  for (const Node rule : items(route.spec()[list])) {
    for (const Node reference : items(rule[field])) {
      if (refers_to(reference, name)) return true;
    }
  }
  return false;
}

bool leads_to(const Object& object, std::string_view name) {
  if (object.kind == "Ingress") return is_ingress_to(object, name);
  if (object.kind == "Route") return refers_to(object.spec()["to"], name);
  if (object.kind == "TargetGroupBinding") return refers_to(object.spec()["serviceRef"], name);
  if (object.kind.starts_with("IngressRoute")) return is_route_to(object, "routes", "services", name);
  return is_route_to(object, "rules", "backendRefs", name);
}

constexpr std::array<std::string_view, 9> publishing_kinds{
    "Ingress", "HTTPRoute",          "GRPCRoute",    "TLSRoute",       "TCPRoute",
    "Route",   "TargetGroupBinding", "IngressRoute", "IngressRouteTCP"};

Node target_of(Node port) { return port["targetPort"].is_null() ? port["port"] : port["targetPort"]; }

bool is_open(const manifest::Port& open, Node target) {
  return target.is_string() ? open.name == target.text() : target.integer() == open.number;
}

}  // namespace

bool is_published(const Object& service, const Objects& objects) {
  if (service.spec()["type"].text() == "LoadBalancer") return true;
  return std::any_of(publishing_kinds.begin(), publishing_kinds.end(), [&](std::string_view kind) {
    const std::vector<const Object*>& all = objects.of_kind(kind);
    return std::any_of(all.begin(), all.end(), [&](const Object* object) {
      return object->namespace_ == service.namespace_ && leads_to(*object, service.name);
    });
  });
}

std::vector<const Object*> published_services(const Workload& workload, const Workloads& workloads) {
  std::vector<const Object*> found = workloads.services(workload);
  std::erase_if(found, [&](const Object* service) { return !is_published(*service, workloads.objects()); });
  return found;
}

bool can_reach(const Object& service, const Workload& workload) {
  const std::vector<manifest::Port> open = manifest::pod_ports(workload);
  const Node ports = items(service.spec()["ports"]);
  if (ports.empty()) return true;  // headless: names alone
  return std::any_of(ports.children().begin(), ports.children().end(), [&](const yaml::TreeNode& port) {
    const Node target = target_of(Node(&port));
    if (!target.is_string()) return true;
    return std::any_of(open.begin(), open.end(), [&](const manifest::Port& own) { return own.name == target.text(); });
  });
}

std::vector<const Container*> containers_behind(const Object& service, const Workload& workload) {
  std::vector<const Container*> found;
  for (const Container& container : workload.containers) {
    if (!container.runs_on()) continue;
    const std::vector<manifest::Port> open = manifest::container_ports(container.node);
    const bool serves = std::any_of(open.begin(), open.end(), [&](const manifest::Port& own) {
      const auto ports = items(service.spec()["ports"]).children();
      return std::any_of(ports.begin(), ports.end(),
                         [&](const yaml::TreeNode& port) { return is_open(own, target_of(Node(&port))); });
    });
    if (serves) found.push_back(&container);
  }
  return found;
}

}  // namespace rhumb::lint
