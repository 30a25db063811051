// Objects, workloads and references of small releases.
#include "rhumb/manifest/objects.h"

#include <gtest/gtest.h>

#include "rhumb/manifest/references.h"
#include "rhumb/manifest/workloads.h"

namespace rhumb::manifest {
namespace {

/// A release of one file.
struct Release {
  explicit Release(std::string text) : files{{"chart/templates/all.yaml", {std::move(text), {}}}} {
    Objects::Input input;
    input.files = &files;
    input.release_namespace = "shop";
    objects = std::make_unique<Objects>(input);
    workloads = std::make_unique<Workloads>(*objects);
  }

  std::string found(std::string_view kind, std::string_view namespace_, std::string_view name,
                    std::string_view group) const {
    return objects->find(group, kind, namespace_, name) == nullptr ? "no" : "yes";
  }

  std::vector<RenderedFile> files;
  std::unique_ptr<Objects> objects;
  std::unique_ptr<Workloads> workloads;
};

std::string names(const std::vector<const Object*>& objects) {
  std::string out;
  for (const Object* object : objects) out += (out.empty() ? "" : " ") + std::string(object->name);
  return out;
}

TEST(Objects, NamespacesAreEffective) {
  const Release release(R"(apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: b, namespace: other}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: c, namespace: ignored}
)");
  EXPECT_EQ("yes", release.found("ConfigMap", "shop", "a", ""));
  EXPECT_EQ("no", release.found("ConfigMap", "shop", "b", ""));
  EXPECT_EQ("yes", release.found("ConfigMap", "other", "b", ""));
  EXPECT_EQ("yes", release.found("ClusterRole", "", "c", "rbac.authorization.k8s.io"));
}

TEST(Objects, ListsAreTakenApart) {
  const Release release(R"(apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Secret, metadata: {name: a}}
  - apiVersion: v1
    kind: List
    items:
      - {apiVersion: v1, kind: Secret, metadata: {name: b}}
)");
  EXPECT_EQ("a b", names(release.objects->of_kind("Secret")));
  EXPECT_TRUE(release.objects->of_kind("List").empty());
}

TEST(Objects, NamesakesOfOtherApisAreOfNoKind) {
  const Release release(R"(apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: a}
---
apiVersion: example.com/v1
kind: PodDisruptionBudget
metadata: {name: b}
---
apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: c}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: d}
)");
  EXPECT_EQ("a", names(release.objects->of_kind("PodDisruptionBudget")));
  EXPECT_EQ("c", names(release.objects->of_kind("Ingress")));
  EXPECT_EQ("d", names(release.objects->of_kind("Widget")));
  EXPECT_EQ("yes", release.found("PodDisruptionBudget", "shop", "b", "example.com"));
  EXPECT_EQ("no", release.found("PodDisruptionBudget", "shop", "b", "policy"));
}

TEST(Objects, WhatIsNoObjectIsKeptAside) {
  const Release release(
      "a: b: c\n---\n# only a comment\n---\n- 1\n---\nkind: X\n---\napiVersion: v1\n--- # comment\napiVersion: "
      "v1\nkind: Pod\nmetadata: {name: p}\n");
  std::string messages;
  for (const Unreadable& document : release.objects->unreadable()) messages += document.message + "|";
  EXPECT_EQ(
      "yaml: mapping values are not allowed in this context|the document is no object: it has no fields|"
      "the object has no apiVersion|the object has no kind|",
      messages);
  EXPECT_EQ("p", names(release.objects->of_kind("Pod")));
}

TEST(Objects, HooksAndTests) {
  const Release release(R"(apiVersion: v1
kind: Pod
metadata: {name: hook, annotations: {helm.sh/hook: "pre-install, post-upgrade"}}
---
apiVersion: v1
kind: Pod
metadata: {name: test, annotations: {helm.sh/hook: test}}
)");
  const auto& pods = release.objects->of_kind("Pod");
  ASSERT_EQ(2U, pods.size());
  EXPECT_EQ(Role::hook, pods[0]->role);
  EXPECT_EQ((std::vector<std::string>{"pre-install", "post-upgrade"}), pods[0]->hook_events);
  EXPECT_EQ(Role::test, pods[1]->role);
}

constexpr const char* shop = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      serviceAccountName: web
      initContainers:
        - {name: migrate, image: m}
        - {name: proxy, image: p, restartPolicy: Always, ports: [{containerPort: 9000, name: proxy}]}
      containers:
        - name: app
          image: a
          ports: [{containerPort: 80, name: http}, {containerPort: 53, protocol: UDP}]
          env:
            - {name: A, valueFrom: {secretKeyRef: {name: credentials, key: password}}}
            - {name: B, valueFrom: {configMapKeyRef: {name: settings, key: b, optional: true}}}
          envFrom: [{secretRef: {name: all}}]
          volumeMounts: [{name: data, mountPath: /data}, {name: csi, mountPath: /csi, readOnly: true}]
      volumes:
        - {name: data, persistentVolumeClaim: {claimName: files}}
        - {name: csi, csi: {driver: secrets-store.csi.k8s.io, volumeAttributes: {secretProviderClass: vault}}}
        - {name: unused, projected: {sources: [{secret: {name: one, items: [{key: k, path: p}]}}, {configMap: {name: two}}]}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 7}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}}
---
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {type: ExternalName, externalName: example.com}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: all}
spec: {selector: {}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: none}
spec: {}
---
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: old}
spec: {selector: {}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: expression}
spec: {selector: {matchExpressions: [{key: tier, operator: In, values: [front, back]}, {key: legacy, operator: DoesNotExist}]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: elsewhere, namespace: other}
spec: {podSelector: {}}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
)";

TEST(Workloads, ContainersAndPorts) {
  const Release release(shop);
  ASSERT_EQ(1U, release.workloads->all().size());
  const Workload& web = release.workloads->all().front();
  std::string containers;
  for (const Container& container : web.containers) {
    containers += std::string(container.name) + (container.runs_on() ? "+ " : "- ");
  }
  EXPECT_EQ("migrate- proxy+ app+ ", containers);
  std::string ports;
  for (const Port& port : pod_ports(web)) {
    ports += std::string(port.name) + ":" + std::to_string(port.number) + "/" + std::string(port.protocol) + " ";
  }
  EXPECT_EQ("proxy:9000/TCP http:80/TCP :53/UDP ", ports);
  EXPECT_TRUE(web.is_service());
  EXPECT_TRUE(web.is_scalable());
}

TEST(Workloads, WhatBelongsToThem) {
  const Release release(shop);
  const Workloads& workloads = *release.workloads;
  const Workload& web = workloads.all().front();
  EXPECT_EQ("web", names(workloads.services(web)));
  EXPECT_EQ("all expression", names(workloads.budgets(web)));
  EXPECT_EQ("deny", names(workloads.network_policies(web)));
  EXPECT_EQ("web", names(workloads.monitors(web)));
  ASSERT_NE(nullptr, workloads.service_account(web));
  EXPECT_EQ(1U, workloads.behind(*release.objects->find("", "Service", "shop", "web")).size());
  EXPECT_TRUE(workloads.behind(*release.objects->find("", "Service", "shop", "outside")).empty());
}

TEST(Workloads, ReplicasAreThoseOfTheAutoscaler) {
  const Release release(shop);
  const Replicas replicas = release.workloads->replicas(release.workloads->all().front());
  EXPECT_EQ(1, replicas.least);
  EXPECT_EQ(7, replicas.most);
  EXPECT_FALSE(replicas.least_node);
  EXPECT_EQ("HorizontalPodAutoscaler", replicas.least_object->kind);
}

std::string replicas_of(const std::string& spec, const std::string& more = "") {
  const Release release("apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n" + spec +
                        "  template: {metadata: {labels: {app: db}}, spec: {containers: []}}\n" + more);
  const Replicas replicas = release.workloads->replicas(release.workloads->all().front());
  return std::to_string(replicas.least) + "-" + std::to_string(replicas.most);
}

TEST(Workloads, Replicas) {
  const std::string keda =
      "---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: k}\nspec: {scaleTargetRef: {kind: "
      "StatefulSet, name: db}}\n";
  const std::string hpa =
      "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {scaleTargetRef: "
      "{apiVersion: apps/v1, kind: StatefulSet, name: db}, minReplicas: 2, maxReplicas: 4}\n";
  EXPECT_EQ("1-1", replicas_of(""));
  EXPECT_EQ("3-3", replicas_of("  replicas: 3\n"));
  EXPECT_EQ("0-100", replicas_of("", keda));
  EXPECT_EQ("2-4", replicas_of("  replicas: 1\n", hpa));
  EXPECT_EQ("0-0", replicas_of("  replicas: 0\n", hpa));
}

TEST(References, OfPods) {
  const Release release(shop);
  std::string all;
  for (const Reference& reference : references(release.workloads->all().front())) {
    all += std::string(reference.kind) + "/" + std::string(reference.name);
    if (!reference.key.empty()) all += "#" + std::string(reference.key);
    all += reference.optional ? "? " : " ";
  }
  EXPECT_EQ(
      "Secret/credentials#password ConfigMap/settings#b? Secret/all PersistentVolumeClaim/files "
      "SecretProviderClass/vault "
      "Secret/one#k ConfigMap/two ServiceAccount/web ",
      all);
}

TEST(References, VolumesAndMounts) {
  const Release release(shop);
  std::string all;
  for (const Volume& volume : volumes(release.workloads->all().front())) {
    all += std::string(volume.name) + "=" + std::string(volume.source());
    for (const Mount& mount : volume.mounts) all += "@" + std::string(mount.path) + (mount.read_only ? ":ro" : "");
    all += " ";
  }
  EXPECT_EQ("data=persistentVolumeClaim@/data csi=csi@/csi:ro unused=projected ", all);
}

TEST(References, KeysComeFromManyObjects) {
  const Release release(R"(apiVersion: v1
kind: Secret
metadata: {name: s}
data: {a: YQ==}
stringData: {b: b}
---
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: p}
spec: {secretObjects: [{secretName: s, data: [{key: c, objectName: o}]}, {secretName: t, data: []}]}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: s}
spec: {data: [{secretKey: d}]}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: e}
spec: {target: {name: s}, dataFrom: [{extract: {key: x}}]}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: c}
spec: {secretName: s}
)");
  std::string all;
  for (const KeySource& source : key_sources(*release.objects, "Secret", "shop", "s")) {
    all += std::string(source.object->kind) + (source.complete ? ":" : "~");
    for (const std::string& key : source.keys) all += key + ",";
    all += " ";
  }
  EXPECT_EQ("Secret:a,b, SecretProviderClass:c, ExternalSecret:d, ExternalSecret~ Certificate~tls.crt,tls.key,ca.crt, ",
            all);
}

}  // namespace
}  // namespace rhumb::manifest
