#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "lint/support/autoscaling.h"
#include "lint/support/spreading.h"

namespace rhumb::lint::disruption_budget_ambiguous {
namespace {

void check_pairs(Context& context) {
  std::set<std::pair<const Object*, const Object*>> seen;
  for (const Workload* workload : context.services()) {
    const std::vector<const Object*> budgets = context.workloads().budgets(*workload);
    for (std::size_t i = 1; i < budgets.size(); ++i) {
      if (!seen.emplace(budgets[0], budgets[i]).second) continue;
      context
          .report(*budgets[i], budgets[i]->spec()["selector"],
                  fmt::format("{} and {} both select the pods of {}: evictions of them fail", title_of(*budgets[i]),
                              title_of(*budgets[0]), workload->title()))
          .related(*budgets[0], budgets[0]->spec()["selector"], title_of(*budgets[0]));
    }
  }
}

// Groups of built-in kinds, and of well-known others that make no pods of their own.
constexpr std::array<std::string_view, 12> podless_groups{
    "cert-manager.io",
    "external-secrets.io",
    "gateway.networking.k8s.io",
    "keda.sh",
    "monitoring.coreos.com",
    "secrets-store.csi.x-k8s.io",
    "traefik.io",
    "elbv2.k8s.aws",
    "bitnami.com",
    "networking.istio.io",
    "security.istio.io",
    "cilium.io",
};
constexpr std::array<std::string_view, 4> podless_monitoring{"ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe"};

/// Pods may come of it that the release does not show.
bool may_make_pods(const Object& object) {
  const std::string_view group = object.group;
  const bool is_built_in = group.find('.') == std::string_view::npos || group.ends_with(".k8s.io");
  if (is_built_in) return false;
  if (std::find(podless_groups.begin(), podless_groups.end(), group) == podless_groups.end()) return true;
  if (group != "monitoring.coreos.com") return false;
  return std::find(podless_monitoring.begin(), podless_monitoring.end(), object.kind) == podless_monitoring.end();
}

/// The selector must mean pods of this release, and all of its pods must be known.
bool is_meant_here(Context& context, const Object& budget) {
  if (context.closed_world()) return true;
  const auto& workloads = context.workloads().all();
  const bool shares = std::any_of(workloads.begin(), workloads.end(), [&](const Workload& workload) {
    return workload.namespace_() == budget.namespace_ && shares_label(budget.spec()["selector"], workload.labels);
  });
  const auto& objects = context.objects().all();
  return shares && std::none_of(objects.begin(), objects.end(), [](const Object& object) {
           const Node pods = object.spec()["template"];
           return object.role != manifest::Role::crd && may_make_pods(object) && !pods["spec"].is_map();
         });
}

void check_dangling(Context& context) {
  for (const Object* budget : context.of_kind("PodDisruptionBudget")) {
    const Node field = budget->spec()["selector"];
    const manifest::Selector selector = manifest::selector_of(field);
    const bool old_empty = budget->version == "v1beta1" && selector.is_everything();
    if (field.is_null() || old_empty) {
      context.report_field(*budget, budget->spec(), "selector",
                           title_of(*budget) + " has no selector, so it selects no pods");
      continue;
    }
    if (!context.workloads().selected(selector, budget->namespace_).empty()) continue;
    if (!is_meant_here(context, *budget)) continue;
    context.report(
        *budget, field,
        fmt::format("{} selects no pods: none of the release has {}", title_of(*budget), selector.to_string()));
  }
}

void check(Context& context) {
  check_pairs(context);
  check_dangling(context);
}

}  // namespace

extern const Rule rule{
    .name = "disruption-budget-ambiguous",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "Two PodDisruptionBudgets select the same pods, or one selects none",
    .remedy = "Give each workload one budget whose selector matches its pods and no others.",
    .documentation = R"(## What it does
Finds pods that two PodDisruptionBudgets select, budgets without a selector, and budgets whose selector has a label in
common with a workload of the release and yet selects no pods. Where the release holds custom resources that may make
pods, and for selectors of other releases, the last one stays silent unless the world is closed.

## Why
The eviction of a pod with two budgets is answered with an error, so its node cannot be drained. A budget that selects
nothing guards nothing.

## Example
```yaml
# wrong: a second budget for all pods
kind: PodDisruptionBudget
metadata: {name: everything}
spec:
  maxUnavailable: 1
  selector: {}
```
```yaml
# right
kind: PodDisruptionBudget
metadata: {name: odoo}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: odoo}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::disruption_budget_ambiguous
