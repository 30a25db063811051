#include <fmt/format.h>

#include "lint/support/amounts.h"
#include "lint/support/autoscaling.h"

namespace rhumb::lint::disruption_budget_without_policy {
namespace {

void check(Context& context) {
  for (const Object* budget : context.of_kind("PodDisruptionBudget")) {
    const Node spec = budget->spec();
    const bool has_floor = !spec["minAvailable"].is_null();
    const bool has_ceiling = !spec["maxUnavailable"].is_null();
    if (has_floor && has_ceiling) {
      context
          .report(*budget, spec["maxUnavailable"],
                  title_of(*budget) + " sets both minAvailable and maxUnavailable, which the API server refuses")
          .related(*budget, spec["minAvailable"], "minAvailable");
      continue;
    }
    if (!has_floor && !has_ceiling) {
      context.report_missing(*budget, spec, "maxUnavailable",
                             title_of(*budget) + " sets neither minAvailable nor maxUnavailable");
    }
    for (const std::string_view name : {"minAvailable", "maxUnavailable"}) {
      const std::string what = amount_fault(spec[name]);
      if (!what.empty()) {
        context.report(*budget, spec[name], title_of(*budget) + ": " + what);
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "disruption-budget-without-policy",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .peers = "kube-score/poddisruptionbudget-has-policy",
    .summary = "A PodDisruptionBudget sets none or both of minAvailable and maxUnavailable, or not as a number",
    .remedy = "Set exactly one of the two, to a number or a percentage up to 100%.",
    .documentation = R"(## What it does
Finds PodDisruptionBudgets with both or with none of `minAvailable` and `maxUnavailable`, and values that are no number,
no percentage, negative or more than 100%.

## Why
Both together, and values of another form, are refused by the API server. A budget with neither is accepted and states
no policy to go by.

## Example
```yaml
# wrong
kind: PodDisruptionBudget
spec:
  minAvailable: 1
  maxUnavailable: 1
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

}  // namespace rhumb::lint::disruption_budget_without_policy
