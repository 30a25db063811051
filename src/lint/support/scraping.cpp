#include "lint/support/scraping.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

constexpr std::string_view prefix = "prometheus.io/";

bool asks(Node annotations) {
  const auto entries = annotations.children();
  return std::any_of(entries.begin(), entries.end(),
                     [](const yaml::TreeNode& entry) { return entry.key.starts_with(prefix); });
}

/// "metrics", "http-metrics", "telemetry-https".
bool is_measuring_name(std::string_view name) {
  constexpr std::array<std::string_view, 3> words{"metrics", "telemetry", "monitoring"};
  const std::vector<std::string_view> parts = strings::split(name, "-");
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return parts.front() == word || parts.back() == word; });
}

/// The name of the port of the pods that a Service's port leads to; empty where it has none.
std::string_view target_name(Node port, const std::vector<manifest::Port>& own) {
  const Node target = port["targetPort"].is_null() ? port["port"] : port["targetPort"];
  const auto number = target.integer();
  if (!number) return target.text();
  const auto found =
      std::find_if(own.begin(), own.end(), [&](const manifest::Port& each) { return each.number == *number; });
  return found == own.end() ? std::string_view() : found->name;
}

}  // namespace

bool is_for_measuring(const Object& service, const Workload& workload) {
  const Node ports = service.spec()["ports"];
  if (!ports.is_list() || ports.empty()) return false;
  const std::vector<manifest::Port> own = manifest::pod_ports(workload);
  for (const Node port : ports) {
    if (!is_measuring_name(port["name"].text()) && !is_measuring_name(target_name(port, own))) return false;
  }
  return true;
}

std::string scrape_key(std::string_view name) { return std::string(prefix) + std::string(name); }

Node ScrapeAnnotations::get(std::string_view name) const { return map[scrape_key(name)]; }

std::optional<std::int64_t> ScrapeAnnotations::port() const {
  std::int64_t number = 0;
  const std::string_view text = get("port").scalar_text();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool may_answer(const Workload& workload, std::int64_t port) {
  const std::vector<manifest::Port> ports = manifest::pod_ports(workload);
  return ports.empty() || std::any_of(ports.begin(), ports.end(), [&](const auto& own) { return own.number == port; });
}

std::vector<ScrapeAnnotations> scrape_annotations(const Workloads& workloads) {
  std::vector<ScrapeAnnotations> found;
  for (const Workload& workload : workloads.all()) {
    const Node map = workload.pod_metadata["annotations"];
    if (workload.is_service() && asks(map)) found.push_back({workload.object, map, &workload});
  }
  for (const Object* service : workloads.objects().of_kind("Service")) {
    const Node map = service->metadata()["annotations"];
    if (service->group.empty() && asks(map)) found.push_back({service, map, nullptr});
  }
  return found;
}

std::vector<const Object*> all_monitors(const Workloads& workloads, const Workload& workload) {
  std::vector<const Object*> found = workloads.monitors(workload);
  const std::vector<const Object*> services = workloads.services(workload);
  for (const std::string_view kind : {"VMPodScrape", "PodMonitoring", "VMServiceScrape"}) {
    for (const Object* monitor : workloads.objects().of_kind(kind)) {
      const manifest::Selector selector = manifest::selector_of(monitor->spec()["selector"]);
      const bool selects = kind == "VMServiceScrape"
                               ? std::any_of(services.begin(), services.end(),
                                             [&](const Object* service) { return selector.matches(service->labels); })
                               : monitor->namespace_ == workload.namespace_() && selector.matches(workload.labels);
      if (selects) found.push_back(monitor);
    }
  }
  return found;
}

}  // namespace rhumb::lint
