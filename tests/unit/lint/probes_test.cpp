// Probes with the API's defaults, and when two of them are the same question.
#include "lint/support/probes.h"

#include <gtest/gtest.h>

#include "unit/lint/release.h"

namespace rhumb::lint {
namespace {

constexpr std::string_view ports = "  ports: [{name: http, containerPort: 80}, {name: admin, containerPort: 81}]\n";

bool same(const std::string& a, const std::string& b) {
  const Release release(deployment("containers:\n- name: app\n" + std::string(ports) + "  livenessProbe: " + a +
                                   "\n  readinessProbe: " + b));
  const Node container = release.workload().containers[0].node;
  return ask_the_same(*probe(container, "livenessProbe"), *probe(container, "readinessProbe"), container);
}

TEST(Probes, Defaults) {
  const Release release(
      deployment("containers: [{name: app, livenessProbe: {periodSeconds: 0, failureThreshold: 5}}]"));
  const auto liveness = probe(release.workload().containers[0].node, "livenessProbe");
  ASSERT_TRUE(liveness);
  EXPECT_EQ("", liveness->handler);
  EXPECT_EQ(1, liveness->number("timeoutSeconds"));
  EXPECT_EQ(10, liveness->number("periodSeconds"));
  EXPECT_EQ(1, liveness->number("successThreshold"));
  EXPECT_EQ(5, liveness->number("failureThreshold"));
  EXPECT_EQ(0, liveness->number("initialDelaySeconds"));
  EXPECT_EQ(50, liveness->patience());
}

TEST(Probes, ThoseThatAreThere) {
  const Release release(
      deployment("containers: [{name: app, livenessProbe: {}, readinessProbe: null, startupProbe: "
                 "{grpc: {port: 9000}}}]"));
  const Node container = release.workload().containers[0].node;
  ASSERT_EQ(2U, probes(container).size());
  EXPECT_EQ("startupProbe", probes(container)[0].field);
  EXPECT_EQ("grpc", probes(container)[0].handler);
  EXPECT_FALSE(probe(container, "readinessProbe"));
}

TEST(Probes, Ports) {
  const auto tree = yaml::Tree::read("ports: [{name: http, containerPort: 80}]\na: http\nb: 90\nc: web\nd: null\n");
  const Node container = tree->root();
  EXPECT_EQ(80, resolved_port(container["a"], container));
  EXPECT_EQ(90, resolved_port(container["b"], container));
  EXPECT_FALSE(resolved_port(container["c"], container));
  EXPECT_FALSE(resolved_port(container["d"], container));
}

TEST(AskTheSame, Ports) {
  EXPECT_TRUE(same("{tcpSocket: {port: http}}", "{tcpSocket: {port: 80}}"));
  EXPECT_FALSE(same("{tcpSocket: {port: http}}", "{tcpSocket: {port: admin}}"));
  EXPECT_TRUE(same("{tcpSocket: {port: unknown}}", "{tcpSocket: {port: unknown}}"));
  EXPECT_FALSE(same("{tcpSocket: {port: unknown}}", "{tcpSocket: {port: http}}"));
}

TEST(AskTheSame, Details) {
  EXPECT_TRUE(same("{httpGet: {port: 80}}", "{httpGet: {port: 80, path: /, scheme: HTTP}}"));
  EXPECT_FALSE(same("{httpGet: {port: 80}}", "{tcpSocket: {port: 80}}"));
  EXPECT_FALSE(same("{httpGet: {port: 80}}", "{httpGet: {port: 80, host: a}}"));
  EXPECT_FALSE(same("{tcpSocket: {port: 80}}", "{tcpSocket: {port: 80, host: a}}"));
  EXPECT_TRUE(same("{grpc: {port: 80}}", "{grpc: {port: 80, service: ''}}"));
  EXPECT_FALSE(same("{grpc: {port: 80}}", "{grpc: {port: 80, service: live}}"));
  EXPECT_TRUE(same("{exec: {command: [a, b]}}", "{exec: {command: [a, b]}}"));
  EXPECT_FALSE(same("{exec: {command: [a, b]}}", "{exec: {command: [b, a]}}"));
  EXPECT_FALSE(same("{}", "{}"));
}

TEST(LongRunning, PodsThatEndAreNot) {
  const auto runs = [](const std::string& restart) {
    const Release release("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {" + restart + "containers: []}\n");
    return is_long_running(release.workload());
  };
  EXPECT_TRUE(runs(""));
  EXPECT_TRUE(runs("restartPolicy: Always, "));
  EXPECT_FALSE(runs("restartPolicy: OnFailure, "));
}

}  // namespace
}  // namespace rhumb::lint
