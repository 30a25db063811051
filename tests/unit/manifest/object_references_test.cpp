#include "rhumb/manifest/object_references.h"

#include <gtest/gtest.h>

#include "rhumb/manifest/objects.h"

namespace rhumb::manifest {
namespace {

/// All references of the objects of a text: "kind group/namespace/name key" each, made ones with a plus.
std::vector<std::string> references_in(const std::string& text) {
  std::vector<RenderedFile> files(1);
  files[0].name = "a.yaml";
  files[0].text.text = text;
  const Objects objects({&files, "home"});
  EXPECT_TRUE(objects.unreadable().empty());
  std::vector<std::string> found;
  for (const Object& object : objects.all()) {
    for (const ObjectReference& reference : object_references(object)) {
      std::string line = std::string(reference.kind) + " " + std::string(reference.group) + "/" +
                         std::string(reference.namespace_) + "/" + std::string(reference.name);
      if (!reference.key.empty()) line += " " + std::string(reference.key);
      if (reference.is_made) line += " +";
      if (reference.port) line += " :" + std::string(reference.port.scalar_text());
      found.push_back(std::move(line));
    }
  }
  return found;
}

using Lines = std::vector<std::string>;

TEST(ObjectReferences, Bindings) {
  const Lines expected{"ServiceAccount /home/a", "ServiceAccount /other/b", "ClusterRole rbac.authorization.k8s.io//r"};
  EXPECT_EQ(expected, references_in(R"(
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: x}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}
subjects:
  - {kind: ServiceAccount, name: a}
  - {kind: ServiceAccount, name: b, namespace: other}
  - {kind: Group, name: c}
)"));
}

TEST(ObjectReferences, Webhooks) {
  const Lines expected{"Service /system/hooks :8443", "Service /system/conversion", "Service /system/api :443"};
  EXPECT_EQ(expected, references_in(R"(
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: x}
webhooks: [{clientConfig: {service: {name: hooks, namespace: system, port: 8443}}}, {clientConfig: {url: "https://x"}}]
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: y}
spec: {conversion: {webhook: {clientConfig: {service: {name: conversion, namespace: system}}}}}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: z}
spec: {service: {name: api, namespace: system, port: 443}}
)"));
}

TEST(ObjectReferences, CertificatesAndIngresses) {
  const Lines expected{"Secret /home/own",
                       "Secret /home/made +",
                       "Issuer cert-manager.io/home/i",
                       "Secret /home/certificate +",
                       "ClusterIssuer cert-manager.io//c",
                       "Secret /home/account +",
                       "Secret /home/token k"};
  EXPECT_EQ(expected, references_in(R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a}
spec: {tls: [{secretName: own}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: b, annotations: {cert-manager.io/issuer: i}}
spec: {tls: [{secretName: made}]}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: c}
spec: {secretName: certificate, issuerRef: {name: c, kind: ClusterIssuer}}
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: d}
spec: {acme: {privateKeySecretRef: {name: account}, solvers: [{dns01: {x: {apiTokenSecretRef: {name: token, key: k}}}}]}}
)"));
}

TEST(ObjectReferences, RoutesAndMonitors) {
  const Lines expected{"Gateway gateway.networking.k8s.io/edge/g",
                       "Service /home/s :80",
                       "Bucket storage.io/home/b",
                       "Secret /home/user u",
                       "ConfigMap /home/ca c",
                       "SecretStore external-secrets.io/home/st",
                       "TriggerAuthentication keda.sh/home/t",
                       "Deployment apps/home/d"};
  EXPECT_EQ(expected, references_in(R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: a}
spec:
  parentRefs: [{name: g, namespace: edge}]
  rules: [{backendRefs: [{name: s, port: 80}, {name: b, kind: Bucket, group: storage.io}]}]
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: b}
spec: {endpoints: [{basicAuth: {username: {name: user, key: u}}, tlsConfig: {ca: {configMap: {name: ca, key: c}}}}]}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: c}
spec: {secretStoreRef: {name: st}}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: d}
spec: {triggers: [{authenticationRef: {name: t}}], scaleTargetRef: {name: d}}
)"));
}

TEST(ObjectReferences, PodTemplatesAreLeftOut) {
  EXPECT_EQ(Lines{"Service /home/s"}, references_in(R"(
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: a}
spec:
  serviceName: s
  template: {spec: {containers: [{name: c, env: [{name: X, valueFrom: {secretKeyRef: {name: x, key: y}}}]}]}}
)"));
}

}  // namespace
}  // namespace rhumb::manifest
