#include "lint/support/scraping.h"

#include <algorithm>

namespace rhumb::lint {
namespace {

constexpr std::string_view prefix = "prometheus.io/";

bool asks(Node annotations) {
  const auto entries = annotations.children();
  return std::any_of(entries.begin(), entries.end(),
                     [](const yaml::TreeNode& entry) { return entry.key.starts_with(prefix); });
}

}  // namespace

std::string scrape_key(std::string_view name) { return std::string(prefix) + std::string(name); }

Node ScrapeAnnotations::get(std::string_view name) const { return map[scrape_key(name)]; }

std::vector<ScrapeAnnotations> scrape_annotations(const Context& context) {
  std::vector<ScrapeAnnotations> found;
  for (const Workload& workload : context.workloads().all()) {
    const Node map = workload.pod_metadata["annotations"];
    if (workload.is_service() && asks(map)) found.push_back({workload.object, map, &workload});
  }
  for (const Object* service : context.objects().of_kind("Service")) {
    const Node map = service->metadata()["annotations"];
    if (service->group.empty() && asks(map)) found.push_back({service, map, nullptr});
  }
  return found;
}

std::vector<const Object*> all_monitors(const Context& context, const Workload& workload) {
  std::vector<const Object*> found = context.workloads().monitors(workload);
  const std::vector<const Object*> services = context.workloads().services(workload);
  for (const std::string_view kind : {"VMPodScrape", "PodMonitoring", "VMServiceScrape"}) {
    for (const Object* monitor : context.objects().of_kind(kind)) {
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
