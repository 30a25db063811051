#include <fmt/format.h>
#include <algorithm>

#include "lint/support/network.h"

namespace rhumb::lint::network_policy_selects_nothing {
namespace {

// Groups of custom resources from which no pods come.
constexpr std::string_view podless_groups[] = {
    "monitoring.coreos.com",
    "cert-manager.io",
    "external-secrets.io",
    "secrets-store.csi.x-k8s.io",
    "keda.sh",
    "networking.istio.io",
    "security.istio.io",
    "traefik.io",
    "traefik.containo.us",
    "bitnami.com",
    "gateway.networking.k8s.io",
    "elbv2.k8s.aws",
    "cilium.io",
    "crd.projectcalico.org",
    "projectcalico.org",
    "kyverno.io",
    "autoscaling.k8s.io",
    "route.openshift.io",
    "security.openshift.io",
    "policy.networking.k8s.io",
};

constexpr std::string_view monitoring_pods[] = {"Prometheus", "PrometheusAgent", "Alertmanager", "ThanosRuler"};

bool may_have_pods_made(const Object& object) {
  const auto lists = [](auto& list, std::string_view item) {
    return std::find(std::begin(list), std::end(list), item) != std::end(list);
  };
  if (object.group.find('.') == std::string_view::npos || object.group.ends_with(".k8s.io")) return false;
  return !lists(podless_groups, object.group) || lists(monitoring_pods, object.kind);
}

bool has_unknown_pods(const Context& context) {
  const auto& all = context.objects().all();
  return std::any_of(all.begin(), all.end(), [&](const Object& object) {
    return may_have_pods_made(object) && context.workloads().of(object) == nullptr;
  });
}

/// Selected by no policy but those for all pods, and with a label that the selector asks for, whatever its value.
bool may_be_meant(const Context& context, const Workload& workload, const Object& policy) {
  if (workload.namespace_() != policy.namespace_) return false;
  const std::vector<const Object*> policies = context.workloads().network_policies(workload);
  if (!std::all_of(policies.begin(), policies.end(), [](const Object* each) { return selects_all(*each); }))
    return false;
  const manifest::LabelSelector wanted = manifest::read_selector(policy.spec()["podSelector"]);
  const auto has_key = [&](const std::string& key) { return workload.labels.find(key) != workload.labels.end(); };
  return std::any_of(wanted.match_labels.begin(), wanted.match_labels.end(),
                     [&](const auto& label) { return has_key(label.first); }) ||
         std::any_of(wanted.match_expressions.begin(), wanted.match_expressions.end(),
                     [&](const auto& expression) { return has_key(expression.key); });
}

void check(Context& context) {
  if (has_unknown_pods(context)) return;
  const auto& all = context.workloads().all();
  for (const Object* policy : context.of_kind("NetworkPolicy")) {
    if (!is_network_policy(*policy) || selects_all(*policy)) continue;
    const Node node = policy->spec()["podSelector"];
    const manifest::Selector selector = manifest::selector_of(node);
    if (!context.workloads().selected(selector, policy->namespace_).empty()) continue;
    const auto meant = std::find_if(all.begin(), all.end(),
                                    [&](const Workload& each) { return may_be_meant(context, each, *policy); });
    if (meant == all.end()) continue;
    context
        .report(*policy, node,
                fmt::format("{} selects no pod of the release, and nothing selects those of {}", selector.to_string(),
                            meant->title()))
        .related(*meant->object, meant->pod_metadata["labels"], "these pods are left out");
  }
}

}  // namespace

extern const Rule rule{
    .name = "network-policy-selects-nothing",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .peers = "kube-linter/dangling-networkpolicy, kube-score/networkpolicy-targets-pod",
    .summary = "A NetworkPolicy selects no pod of the release",
    .remedy = "Take the labels of the pod template, not those of the workload, and its namespace.",
    .documentation = R"(## What it does
Finds NetworkPolicies whose `podSelector` matches no pod template of the release in their namespace, while there are pods
with such labels that no policy selects by theirs. A policy for pods that are switched off does no harm and is left
alone, and so is a release with custom resources that may have pods made.

## Why
A policy that misses its pods leaves them open without a word.

## Example
```yaml
# wrong
kind: NetworkPolicy
spec:
  podSelector:
    matchLabels:
      app: shop
---
kind: Deployment
spec:
  template:
    metadata:
      labels:
        app: shop-web
```
```yaml
# right
kind: NetworkPolicy
spec:
  podSelector:
    matchLabels:
      app: shop-web
```
)",
    .check = check,
};

}  // namespace rhumb::lint::network_policy_selects_nothing
