// How requests come to pods.
#include "lint/support/traffic.h"

#include <gtest/gtest.h>

#include "unit/lint/release.h"

namespace rhumb::lint {
namespace {

const std::string service =
    "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, "
    "targetPort: http}]}\n";

bool published(const std::string& other) {
  const Release release(deployment("containers: []") + service + "---\n" + other);
  return !published_services(release.workload("web"), release.workloads()).empty();
}

TEST(Published, ByWhom) {
  EXPECT_FALSE(published(""));
  EXPECT_TRUE(
      published("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {rules: [{http: "
                "{paths: [{backend: {service: {name: web}}}]}}]}"));
  EXPECT_TRUE(
      published("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {defaultBackend: "
                "{service: {name: web}}}"));
  EXPECT_TRUE(
      published("apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\nspec: {rules: [{http: "
                "{paths: [{backend: {serviceName: web}}]}}]}"));
  EXPECT_TRUE(
      published("apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nmetadata: {name: a}\nspec: {rules: "
                "[{backendRefs: [{name: web}]}]}"));
  EXPECT_TRUE(
      published("apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: {name: a}\nspec: {routes: "
                "[{services: [{name: web}]}]}"));
  EXPECT_TRUE(
      published("apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: a}\nspec: {to: {kind: Service, "
                "name: web}}"));
  EXPECT_TRUE(
      published("apiVersion: elbv2.k8s.aws/v1beta1\nkind: TargetGroupBinding\nmetadata: {name: a}\nspec: "
                "{serviceRef: {name: web, port: 80}}"));
}

TEST(Published, NotThese) {
  EXPECT_FALSE(
      published("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, namespace: other}\nspec: "
                "{defaultBackend: {service: {name: web}}}"));
  EXPECT_FALSE(
      published("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {defaultBackend: "
                "{service: {name: api}}}"));
  EXPECT_FALSE(
      published("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: "
                "[{backendRefs: [{kind: Bucket, name: web}]}]}"));
}

TEST(CanReach, NamesLeadToWhoOpensThem) {
  const auto reach = [](const std::string& ports, const std::string& container) {
    const Release release(
        deployment("containers: [{name: app, " + container + "}]") +
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: " + ports +
        "}\n");
    return can_reach(release.object("Service"), release.workload("web"));
  };
  EXPECT_TRUE(reach("[{port: 80, targetPort: http}]", "ports: [{name: http, containerPort: 8080}]"));
  EXPECT_FALSE(reach("[{port: 80, targetPort: http}]", "ports: []"));
  EXPECT_TRUE(reach("[{port: 80, targetPort: 8080}]", "ports: []"));
  EXPECT_TRUE(reach("[{port: 80}]", "ports: []"));
  EXPECT_TRUE(reach("[]", "ports: []"));
}

TEST(ContainersBehind, ThoseThatOpenATargetPort) {
  const Release release(
      deployment("containers:\n- {name: app, ports: [{name: http, containerPort: 8080}]}\n"
                 "- {name: exporter, ports: [{name: metrics, containerPort: 9187}]}\n"
                 "initContainers:\n- {name: migrate, ports: [{name: http, containerPort: 1}]}\n"
                 "- {name: proxy, restartPolicy: Always, ports: [{containerPort: 9000}]}") +
      "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: "
      "[{port: 80, targetPort: http}, {port: 9000}]}\n");
  std::string names;
  for (const Container* container : containers_behind(release.object("Service"), release.workload("web"))) {
    names += std::string(container->name) + " ";
  }
  EXPECT_EQ("proxy app ", names);
}

}  // namespace
}  // namespace rhumb::lint
