// What the configuration of a Prometheus in the release scrapes: "scrape_configs" in ConfigMaps and Secrets.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// Whether "web", "web.shop", "_http._tcp.web.shop.svc.cluster.local" is the Service, for one who asks in `namespace_`.
bool is_host_of(std::string_view host, const Object& service, std::string_view namespace_);

class ScrapeConfigs {
 public:
  explicit ScrapeConfigs(const Workloads& workloads);

  /// A target names a Service of the workload, or is this machine for the pod that mounts the configuration; or what is
  /// looked up in the cluster is kept by a name, a label or an annotation that the workload or a Service of it has.
  bool scrape(const Workload& workload) const;

 private:
  struct Job {
    const Object* source = nullptr;  // ConfigMap, Secret
    Node node;
  };

  bool names(const Job& job, const Workload& workload) const;
  bool is_named_by(const Job& job, const Workload& workload, std::string_view target) const;
  bool keeps(const Job& job, const Workload& workload) const;

  const Workloads& workloads_;
  std::vector<std::unique_ptr<const yaml::Tree>> trees_;
  std::vector<Job> jobs_;
};

}  // namespace rhumb::lint
