// What autoscalers measure.
#include "lint/support/autoscaling.h"

#include <gtest/gtest.h>

#include "unit/lint/release.h"

namespace rhumb::lint {
namespace {

/// "cpu memory:app" for the CPU of all containers and the memory of one.
std::string targets(const std::string& kind, const std::string& spec) {
  const std::string version = kind == "ScaledObject" ? "keda.sh/v1alpha1" : "autoscaling/v2";
  const Release release("apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: a}\nspec: {" + spec + "}\n");
  std::string out;
  for (const UtilizationTarget& target : utilization_targets(release.object(kind))) {
    if (!out.empty()) out += " ";
    out += target.resource;
    if (!target.container.empty()) out += ":" + std::string(target.container);
  }
  return out;
}

std::string hpa(const std::string& metrics) { return targets("HorizontalPodAutoscaler", "metrics: [" + metrics + "]"); }
std::string keda(const std::string& triggers) { return targets("ScaledObject", "triggers: [" + triggers + "]"); }

TEST(UtilizationTargets, HorizontalPodAutoscalers) {
  EXPECT_EQ("cpu", hpa(""));
  EXPECT_EQ("cpu", targets("HorizontalPodAutoscaler", "maxReplicas: 3"));
  EXPECT_EQ("memory", hpa("{type: Resource, resource: {name: memory, target: {type: Utilization}}}"));
  EXPECT_EQ("cpu", hpa("{type: Resource, resource: {name: cpu, targetAverageUtilization: 70}}"));
  EXPECT_EQ("", hpa("{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 1}}}"));
  EXPECT_EQ(
      "cpu:app",
      hpa("{type: ContainerResource, containerResource: {name: cpu, container: app, target: {type: Utilization}}}"));
  EXPECT_EQ("", hpa("{type: External, external: {metric: {name: queue}}}"));
}

TEST(UtilizationTargets, ScaledObjects) {
  EXPECT_EQ("", keda(""));
  EXPECT_EQ("cpu", keda("{type: cpu, metricType: Utilization, metadata: {value: '70'}}"));
  EXPECT_EQ("memory", keda("{type: memory, metadata: {type: Utilization, value: '70'}}"));
  EXPECT_EQ("cpu:app", keda("{type: cpu, metricType: Utilization, metadata: {containerName: app}}"));
  EXPECT_EQ("", keda("{type: cpu, metricType: AverageValue, metadata: {value: '1'}}, {type: cron}"));
}

}  // namespace
}  // namespace rhumb::lint
