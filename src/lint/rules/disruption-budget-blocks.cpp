#include <fmt/format.h>

#include <algorithm>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::disruption_budget_blocks {
namespace {

/// What a budget guards, as far as its arithmetic is known.
struct Guarded {
  std::int64_t pods = 0;  // 0: the release does not show them
  std::string names;
  const Object* counted_in = nullptr;  // where the number of pods stands
  Node count;
};

/// None where something else than scalable workloads is among the pods: a drain leaves DaemonSets alone, and Jobs end.
std::optional<Guarded> guarded_by(Context& context, const Object& budget) {
  const manifest::Selector selector = manifest::selector_of(budget.spec()["selector"]);
  if (budget.version == "v1beta1" && selector.is_everything()) return {};
  const std::vector<const Workload*> selected = context.workloads().selected(selector, budget.namespace_);
  Guarded guarded;
  for (const Workload* workload : selected) {
    if (!workload->is_service()) continue;
    if (!workload->is_scalable()) return {};
    const manifest::Replicas replicas = context.workloads().replicas(*workload);
    // What is scaled to nothing has no pods to evict; an autoscaler may wake one.
    if (replicas.least == 0 && replicas.autoscaler == nullptr) continue;
    guarded.pods += std::max<std::int64_t>(replicas.least, 1);
    guarded.names += (guarded.names.empty() ? "" : ", ") + workload->title();
    guarded.counted_in = replicas.least_object;
    guarded.count = replicas.least_node;
  }
  if (guarded.pods == 0 && (!selected.empty() || selector.is_nothing())) return {};
  return guarded;
}

std::string pods(std::int64_t count) { return fmt::format("{} {}", count, count == 1 ? "pod" : "pods"); }

/// What allows no eviction however many pods there are.
std::string absolute(std::string_view field, const manifest::IntOrString& value) {
  const auto share = manifest::scaled_value(value, 100, true);
  if (field == "maxUnavailable" && share && *share == 0) return "maxUnavailable " + value.to_string();
  if (field == "minAvailable" && value.is_text && share && *share >= 100) return "minAvailable " + value.text;
  return {};
}

/// The disruption controller rounds both fields up (getExpectedPodCount, Kubernetes 1.34).
std::string obstacle(std::string_view field, const manifest::IntOrString& value, const Guarded& guarded) {
  const std::string always = absolute(field, value);
  if (!always.empty() || guarded.pods == 0 || field == "maxUnavailable") return always;
  const auto scaled = manifest::scaled_value(value, guarded.pods, true);
  if (!scaled || *scaled < guarded.pods) return {};
  const std::string amount =
      value.is_text ? fmt::format("{} of {} is {}", value.text, guarded.pods, *scaled) : std::to_string(*scaled);
  return fmt::format("minAvailable {}, and {} {} sure of {}", amount, guarded.names,
                     guarded.names.find(',') == std::string::npos ? "is" : "are", pods(guarded.pods));
}

void check(Context& context) {
  for (const Object* budget : context.of_kind("PodDisruptionBudget")) {
    const Node spec = budget->spec();
    // Both together are refused: disruption-budget-without-policy.
    const bool is_floor = !spec["minAvailable"].is_null();
    if (is_floor && !spec["maxUnavailable"].is_null()) continue;
    const std::string_view field = is_floor ? "minAvailable" : "maxUnavailable";
    const auto value = manifest::int_or_string(spec[field]);
    const auto guarded = guarded_by(context, *budget);
    if (!value || !guarded) continue;
    const std::string what = obstacle(field, *value, *guarded);
    if (what.empty()) continue;
    DraftRef draft =
        context.report(*budget, spec[field], fmt::format("{} allows no eviction: {}", title_of(*budget), what));
    if (is_floor && guarded->count) draft.related(*guarded->counted_in, guarded->count, "the number of pods");
  }
}

}  // namespace

extern const Rule rule{
    .name = "disruption-budget-blocks",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Cluster upgrade",
    .peers =
        "kube-linter/pdb-max-unavailable, kube-linter/pdb-min-available, polaris/pdbDisruptionsIsZero, "
        "polaris/pdbMinAvailableGreaterThanHPAMinReplicas",
    .summary = "A PodDisruptionBudget allows no eviction at all",
    .remedy =
        "Lower minAvailable below the number of guaranteed pods, or allow at least one unavailable pod: a node with "
        "such a "
        "pod cannot be drained.",
    .documentation = R"(## What it does
Compares each PodDisruptionBudget with the pods that it guards, at the number that is guaranteed: the lower bound of an
autoscaler, else the replicas. `minAvailable` of that many or more, and `maxUnavailable` of 0, allow no eviction.
Percentages are rounded up, as the disruption controller does: 99% of 3 pods are 3. Budgets of DaemonSets, Jobs and pods
without a controller are left alone.

## Why
A drain of the node waits for ever, and with it every upgrade of the cluster.

## Example
```yaml
# wrong: the Deployment has 2 replicas
kind: PodDisruptionBudget
spec:
  minAvailable: 2
```
```yaml
# right
kind: PodDisruptionBudget
spec:
  maxUnavailable: 1
```
)",
    .check = check,
};

}  // namespace rhumb::lint::disruption_budget_blocks
