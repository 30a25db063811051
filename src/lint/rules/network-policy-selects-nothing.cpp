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

bool may_have_pods_made(const Object& object) {
  if (object.group.find('.') == std::string_view::npos || object.group.ends_with(".k8s.io")) return false;
  return std::find(std::begin(podless_groups), std::end(podless_groups), object.group) == std::end(podless_groups);
}

bool has_unknown_pods(const Context& context) {
  const auto& all = context.objects().all();
  return std::any_of(all.begin(), all.end(), [&](const Object& object) {
    return may_have_pods_made(object) && context.workloads().of(object) == nullptr;
  });
}

bool has_pods(const Context& context, std::string_view namespace_) {
  const auto& all = context.workloads().all();
  return std::any_of(all.begin(), all.end(), [&](const Workload& each) { return each.namespace_() == namespace_; });
}

void check(Context& context) {
  if (has_unknown_pods(context)) return;
  for (const Object* policy : context.of_kind("NetworkPolicy")) {
    if (!is_network_policy(*policy) || selects_all(*policy) || !has_pods(context, policy->namespace_)) continue;
    const Node node = policy->spec()["podSelector"];
    const manifest::Selector selector = manifest::selector_of(node);
    if (!context.workloads().selected(selector, policy->namespace_).empty()) continue;
    context.report(*policy, node, fmt::format("{} selects no pod of the release", selector.to_string()));
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
Finds NetworkPolicies whose `podSelector` matches no pod template of the release in their namespace. An empty selector
selects every pod and is left alone, and so is a release without pods in that namespace or with custom resources that may
have pods made.

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
