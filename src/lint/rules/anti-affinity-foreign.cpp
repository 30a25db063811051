#include <fmt/format.h>

#include "lint/support/spreading.h"

namespace rhumb::lint::anti_affinity_foreign {
namespace {

/// Why a term is not what was meant; empty for one that may be. Other applications may be avoided on purpose, so the
/// selector must have something of the pods' own.
std::string fault(Context& context, const Workload& workload, const SpreadTerm& term) {
  if (term.selector.is_null()) return "has no labelSelector, so it selects nothing";
  const manifest::Selector selector = manifest::selector_of(term.selector);
  if (!context.workloads().selected(selector, workload.namespace_()).empty()) return {};
  if (!shares_label(term.selector, workload.labels) && !context.closed_world()) return {};
  return fmt::format("selects neither these pods nor any other of the release ({})", selector.to_string());
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const SpreadTerm& term : spread_terms(*workload, context.objects())) {
      // Constraints are the business of spread-constraint-invalid; other namespaces are out of sight.
      if (term.is_constraint || term.selects_own) continue;
      if (!term.node["namespaces"].empty() || !term.node["namespaceSelector"].is_null()) continue;
      if (!term.node["mismatchLabelKeys"].empty()) continue;
      const std::string what = fault(context, *workload, term);
      if (what.empty()) continue;
      const std::string message = fmt::format("an anti-affinity term of {} {}", workload->title(), what);
      if (term.selector) {
        context.report(*workload, term.selector, message);
      } else {
        context.report_missing(*workload, term.node, "labelSelector", message);
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "anti-affinity-foreign",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .peers = "kube-linter/no-anti-affinity",
    .summary = "A term of pod anti-affinity selects no pods",
    .remedy = "Give the term the labels of the pods that it should keep apart.",
    .documentation = R"(## What it does
Finds terms of pod anti-affinity without a `labelSelector`, and terms whose selector has a label in common with the
workload's own pods and yet selects neither them nor any other pods of the release. A selector of somebody else's pods
altogether is taken as meant, unless the world is closed.

## Why
Such a term does nothing: mostly a label is spelt in another way, or was renamed in one place. A missing selector looks
like "all pods" and means none.

## Example
```yaml
# wrong: the pods have app.kubernetes.io/name: odoo and app.kubernetes.io/instance: tms
labelSelector:
  matchLabels:
    app.kubernetes.io/name: odoo
    app.kubernetes.io/instance: odoo
```
```yaml
# right
labelSelector:
  matchLabels:
    app.kubernetes.io/name: odoo
    app.kubernetes.io/instance: tms
```
)",
    .check = check,
};

}  // namespace rhumb::lint::anti_affinity_foreign
