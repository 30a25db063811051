#include "lint/support/exporters.h"

#include <algorithm>
#include <array>

#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

bool names_exporter(std::string_view name) {
  return name == "kube-state-metrics" || name.ends_with("-exporter") || name.ends_with("_exporter");
}

/// "http-metrics", "web": what is asked for metrics. statsd, graphite and the like take something in.
bool is_for_metrics(Node port) {
  constexpr std::array<std::string_view, 5> parts{"metrics", "http", "web", "exporter", "telemetry"};
  const std::string name = strings::to_lower(port["name"].scalar_text());
  const std::string_view protocol = port["protocol"].text();
  if (!protocol.empty() && protocol != "TCP") return false;
  return std::any_of(parts.begin(), parts.end(), [&](auto part) { return strings::contains(name, part); });
}

/// Ports that the makers of exporters share among themselves are 9100 to 9999.
bool opens_metrics_alone(const Container& container) {
  const std::vector<manifest::Port> ports = manifest::container_ports(container.node);
  return !ports.empty() && std::all_of(ports.begin(), ports.end(), [](const manifest::Port& port) {
    return strings::contains(port.name, "metrics") || (port.number >= 9100 && port.number <= 9999);
  });
}

/// Something else may be called an exporter, too: it exports invoices.
bool is_of_prometheus(const Workload& workload, const Container& container) {
  const std::string image = strings::to_lower(container.node["image"].scalar_text());
  return image_name(container) == "kube-state-metrics" || strings::contains(image, "prometheus") ||
         strings::contains(image, "prom/") || strings::contains(workload.object->name, "prometheus") ||
         opens_metrics_alone(container);
}

bool leads_to_metrics(const Object& service) {
  const Node ports = service.spec()["ports"];
  if (!ports.is_list() || ports.children().size() < 2) return true;
  return std::all_of(ports.children().begin(), ports.children().end(),
                     [](const yaml::TreeNode& port) { return is_for_metrics(Node(&port)); });
}

}  // namespace

bool is_exporter(const Workloads& workloads, const Workload& workload) {
  const Container* const container = main_container(workload);
  if (container == nullptr) return false;
  const auto name = workload.labels.find("app.kubernetes.io/name");
  const bool is_named = names_exporter(image_name(*container)) || names_exporter(workload.object->name) ||
                        (name != workload.labels.end() && names_exporter(name->second));
  if (!is_named || !is_of_prometheus(workload, *container)) return false;
  const std::vector<const Object*> services = workloads.services(workload);
  return std::all_of(services.begin(), services.end(),
                     [](const Object* service) { return leads_to_metrics(*service); });
}

}  // namespace rhumb::lint
