#include <fmt/format.h>

#include <optional>

#include "lint/remedy.h"
#include "lint/support/autoscaling.h"
#include "lint/support/left_out.h"
#include "lint/support/spreading.h"
#include "lint/support/trials.h"

namespace rhumb::lint::disruption_budget_missing {
namespace {

/// A budget of the namespace that has something of the pods' labels and yet misses them.
const Object* near_miss(Context& context, const Workload& workload) {
  for (const Object* budget : context.objects().of_kind("PodDisruptionBudget")) {
    if (budget->namespace_ != workload.namespace_()) continue;
    const Node selector = budget->spec()["selector"];
    const bool others = !context.workloads().selected(manifest::selector_of(selector), budget->namespace_).empty();
    if (!others && shares_label(selector, workload.labels)) return budget;
  }
  return nullptr;
}

/// Whether a trial brings a budget for these pods alone that lets some of them go, and not all.
bool brings_budget(const Run& trial, const Workload& workload, std::int64_t least) {
  const Workload* const same = counterpart(trial, workload);
  if (same == nullptr) return false;
  const std::vector<const Object*> budgets = trial.workloads->budgets(*same);
  if (budgets.size() != 1) return false;
  const Node spec = budgets.front()->spec();
  const auto selector = manifest::selector_of(spec["selector"]);
  if (trial.workloads->selected(selector, budgets.front()->namespace_).size() != 1) return false;
  const bool is_floor = !spec["minAvailable"].is_null();
  const auto value = manifest::int_or_string(spec[is_floor ? "minAvailable" : "maxUnavailable"]);
  // As the disruption controller rounds both.
  const auto scaled = value ? manifest::scaled_value(*value, least, true) : Result<std::int64_t>(0);
  if (!value || !scaled) return false;
  const std::int64_t may_go = is_floor ? least - *scaled : *scaled;
  return may_go >= 1 && may_go < least;
}

void check(Context& context) {
  const SwitchedOff left_out(context.run(), "PodDisruptionBudget");
  Trials trials(context.run());
  for (const Workload* workload : context.scalable()) {
    const manifest::Replicas replicas = context.workloads().replicas(*workload);
    if (replicas.least < 2 || !context.workloads().budgets(*workload).empty()) continue;
    DraftRef draft =
        context.report(*workload, workload->object->root["kind"],
                       fmt::format("no PodDisruptionBudget selects the pods of {}: all {} may be evicted at a time",
                                   workload->title(), replicas.least));
    if (const Object* budget = near_miss(context, *workload)) {
      const Node selector = budget->spec()["selector"];
      draft.related(*budget, selector,
                    fmt::format("{} selects {}, which the pods do not have", title_of(*budget),
                                manifest::selector_of(selector).to_string()));
    } else if (auto spare = left_out.find(*workload)) {
      const Run* const trial = trials.with(spare->slot);
      if (trial == nullptr || !brings_budget(*trial, *workload, replicas.least)) continue;
      draft.hint(setting_for(spare->slot, context.run().rendering->sources())).slot(std::move(spare->slot));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "disruption-budget-missing",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-502, LOOMWORKS: Node maintenance",
    .peers =
        "kube-score/deployment-has-poddisruptionbudget, kube-score/statefulset-has-poddisruptionbudget, "
        "polaris/missingPodDisruptionBudget",
    .summary = "No PodDisruptionBudget selects the pods of a workload",
    .remedy = "Add a PodDisruptionBudget whose selector matches the labels of the pods.",
    .documentation = R"(## What it does
Finds workloads with two or more guaranteed pods that no PodDisruptionBudget of their namespace selects. Selectors are
evaluated with all operators against the labels of the pods. DaemonSets, Jobs and single pods need no budget.

Where the chart has a template for the budget which a switch of the values leaves out, the finding stands at the switch,
if that budget would be for these pods alone and let some of them go, and not all at a time.

## Why
Without a budget a drain, or an upgrade of the cluster, may evict every pod at the same time.

## Example
```yaml
# wrong: the pods have app: odoo and tier: web
kind: PodDisruptionBudget
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: gps, tier: web}}
```
```yaml
# right
kind: PodDisruptionBudget
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: odoo, tier: web}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::disruption_budget_missing
