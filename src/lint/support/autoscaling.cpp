#include "lint/support/autoscaling.h"

namespace rhumb::lint {
namespace {

Node items(Node list) { return list.is_list() ? list : Node(); }

/// The two shapes: target.type with averageUtilization, and targetAverageUtilization of v2beta1.
bool is_utilization(Node source) {
  const Node target = source["target"];
  if (!source["targetAverageUtilization"].is_null()) return true;
  return target["type"].text() == "Utilization" || !target["averageUtilization"].is_null();
}

void add_metrics(std::vector<UtilizationTarget>& found, Node metrics) {
  for (const Node metric : items(metrics)) {
    const bool is_container = metric["type"].text() == "ContainerResource";
    const Node source = metric[is_container ? "containerResource" : "resource"];
    if (!source.is_map() || !is_utilization(source)) continue;
    found.push_back({source["name"].text(), is_container ? source["container"].text() : std::string_view(), metric});
  }
}

void add_triggers(std::vector<UtilizationTarget>& found, Node triggers) {
  for (const Node trigger : items(triggers)) {
    const std::string_view type = trigger["type"].text();
    if (type != "cpu" && type != "memory") continue;
    std::string_view measure = trigger["metricType"].text();
    if (measure.empty()) measure = trigger["metadata"]["type"].text();
    if (measure == "Utilization") found.push_back({type, trigger["metadata"]["containerName"].text(), trigger});
  }
}

}  // namespace

std::vector<UtilizationTarget> utilization_targets(const Object& autoscaler) {
  std::vector<UtilizationTarget> found;
  const Node spec = autoscaler.spec();
  if (autoscaler.kind == "ScaledObject") {
    add_triggers(found, spec["triggers"]);
    return found;
  }
  add_metrics(found, spec["metrics"]);
  // 80 % of the CPU where nothing is said (SetDefaults_HorizontalPodAutoscaler).
  if (spec["metrics"].empty()) found.push_back({"cpu", {}, spec["targetCPUUtilizationPercentage"]});
  return found;
}

std::vector<const Object*> autoscalers(Context& context) {
  std::vector<const Object*> found = context.of_kind("HorizontalPodAutoscaler");
  for (const Object* object : context.of_kind("ScaledObject")) found.push_back(object);
  return found;
}

std::string title_of(const Object& object) { return std::string(object.kind) + "/" + std::string(object.name); }

}  // namespace rhumb::lint
