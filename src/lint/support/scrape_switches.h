// Switches of the values that would have a workload's metrics scraped.
#pragma once

#include <optional>
#include <vector>

#include "lint/context.h"
#include "lint/support/left_out.h"

namespace rhumb::lint {

/// Servers of data and messages that do not speak Prometheus themselves: an exporter asks them. Not a pod that has one
/// in it, or opens a port for metrics.
bool needs_exporter(const Workloads& workloads, const Workload& workload);

class ScrapeSwitches {
 public:
  explicit ScrapeSwitches(const Run& run);

  /// The part of a template that a switch like `metrics.enabled` leaves out and that would annotate the pods or a
  /// Service for them; the first of its keys is the switch, the others are to be set with it.
  std::optional<render::Slot> find(const Workloads& workloads, const Workload& workload) const;

  /// The part of a template that would write a map of the values into the annotations of the pods, which the values
  /// left empty: "if .Values.podAnnotations" below `annotations:`. Its only key is that map.
  std::optional<render::Slot> find_map(const Workload& workload) const;

 private:
  std::optional<render::Slot> find_made(const Object& object) const;
  std::string_view template_of(const render::LeftOutObject& object) const;
  std::optional<Switch> switch_of(const render::Slot& slot, std::string_view text) const;

  const Run& run_;
  std::vector<render::LeftOutObject> services_;
};

}  // namespace rhumb::lint
