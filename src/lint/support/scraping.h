// How Prometheus finds pods: annotations on them or on their Services, and monitors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// Something whose annotations ask for scraping.
struct ScrapeAnnotations {
  const Object* object = nullptr;
  Node map;
  /// Null for those of a Service.
  const Workload* workload = nullptr;

  Node get(std::string_view name) const;  // "port"
  /// Nullopt where it is no number.
  std::optional<std::int64_t> port() const;
};

/// Whether the pods answer on a port, as far as they name their ports at all. Those of a Service are not asked: the
/// pods behind it are scraped themselves, on the number that the annotation says.
bool may_answer(const Workload& workload, std::int64_t port);

/// "prometheus.io/" and the name.
std::string scrape_key(std::string_view name);

/// Of the pods of all workloads that run on, and of Services, which have at least one of these annotations.
std::vector<ScrapeAnnotations> scrape_annotations(const Workloads& workloads);

/// Whether a Service leads to nothing but measurements of the pods, as far as the names of its ports, or of theirs, say
/// so: nobody waits for the answers.
bool is_for_measuring(const Object& service, const Workload& workload);

/// PodMonitors and ServiceMonitors, and those of VictoriaMetrics and Google, that select the pods.
std::vector<const Object*> all_monitors(const Workloads& workloads, const Workload& workload);

}  // namespace rhumb::lint
