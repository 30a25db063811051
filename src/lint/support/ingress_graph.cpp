#include "lint/support/ingress_graph.h"

#include <algorithm>

namespace rhumb::lint {
namespace {

std::optional<IngressBackend> backend_of(Node backend) {
  IngressBackend read;
  const Node service = backend["service"];
  if (service.is_map()) {
    read.node = service["name"] ? service["name"] : service;
    read.service = service["name"].scalar_text();
    const Node port = service["port"];
    read.port_node = port["name"].is_null() ? port["number"] : port["name"];
  } else if (!backend["serviceName"].is_null()) {  // extensions/v1beta1, networking.k8s.io/v1beta1
    read.node = backend["serviceName"];
    read.service = read.node.scalar_text();
    read.port_node = backend["servicePort"];
  }
  if (read.service.empty()) return {};
  read.port = manifest::int_or_string(read.port_node);
  return read;
}

}  // namespace

std::string IngressBackend::title() const {
  if (!path) return "the default backend";
  const std::string_view where = path["path"].scalar_text();
  std::string text(where.empty() ? "/" : where);
  if (!host.scalar_text().empty()) text.append(" of ").append(host.scalar_text());
  return text;
}

std::vector<const Object*> ingresses(Context& context) {
  std::vector<const Object*> found = context.of_kind("Ingress");
  std::erase_if(found, [](const Object* object) {
    return object->group != "networking.k8s.io" && object->group != "extensions";
  });
  return found;
}

std::vector<IngressBackend> ingress_backends(const Object& ingress) {
  std::vector<IngressBackend> found;
  for (const std::string_view field : {"defaultBackend", "backend"}) {
    if (auto backend = backend_of(ingress.spec()[field])) found.push_back(*backend);
  }
  for (const Node rule : ingress.spec()["rules"]) {
    for (const Node path : rule["http"]["paths"]) {
      auto backend = backend_of(path["backend"]);
      if (!backend) continue;
      backend->host = rule["host"];
      backend->path = path;
      found.push_back(*backend);
    }
  }
  return found;
}

std::string_view ingress_class(const Object& ingress) {
  const std::string_view name = ingress.spec()["ingressClassName"].scalar_text();
  return name.empty() ? ingress.annotation("kubernetes.io/ingress.class") : name;
}

bool is_alb(const Objects& objects, const Object& ingress) {
  const std::string_view name = ingress_class(ingress);
  if (name == "alb") return true;
  if (name.empty()) {
    // The cluster's default class decides; only annotations for it tell that it is meant.
    for (const Node entry : ingress.metadata()["annotations"]) {
      if (entry.key().starts_with(alb_prefix)) return true;
    }
    return false;
  }
  const Object* const own = objects.find("networking.k8s.io", "IngressClass", "", name);
  return own != nullptr && own->spec()["controller"].text() == "ingress.k8s.aws/alb";
}

Node service_port(const Object& service, const manifest::IntOrString& port) {
  for (const Node entry : service.spec()["ports"]) {
    const bool fits = port.is_text ? entry["name"].scalar_text() == port.text : entry["port"].integer() == port.number;
    if (fits) return entry;
  }
  return {};
}

std::string service_port_names(const Object& service) {
  std::string text;
  for (const Node entry : service.spec()["ports"]) {
    if (!text.empty()) text += ", ";
    const std::string_view name = entry["name"].scalar_text();
    const std::string_view number = entry["port"].scalar_text();
    text.append(name.empty() ? number : name);
    if (!name.empty()) text.append(" (").append(number).append(")");
  }
  return text;
}

}  // namespace rhumb::lint
