// What autoscalers measure.
#pragma once

#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// A metric that is a share of what containers request.
struct UtilizationTarget {
  std::string_view resource;  // "cpu", "memory"
  /// Of one container; empty for all of the pod.
  std::string_view container;
  Node node;  // the metric; none for the one that an autoscaler without metrics has
};

/// Of a HorizontalPodAutoscaler of any version, or of KEDA's ScaledObject.
std::vector<UtilizationTarget> utilization_targets(const Object& autoscaler);

/// HorizontalPodAutoscalers and ScaledObjects.
std::vector<const Object*> autoscalers(Context& context);

/// "HorizontalPodAutoscaler/odoo"
std::string title_of(const Object& object);

}  // namespace rhumb::lint
