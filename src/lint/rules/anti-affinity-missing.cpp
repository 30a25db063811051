#include <fmt/format.h>

#include <algorithm>

#include "lint/support/missing.h"
#include "lint/support/spreading.h"

namespace rhumb::lint::anti_affinity_missing {
namespace {

constexpr Parameter parameters[] = {
    {"hard", ParameterType::boolean, "false", "only rules that the scheduler must keep count, not preferences"},
};

/// A node lies in one domain of every key, so pods that avoid a domain avoid a node. Spreading over zones keeps them
/// from being all on one node as well.
bool keeps_apart(const SpreadTerm& term, bool hard) {
  return term.selects_own && !term.topology_key.empty() && (term.is_hard || !hard);
}

/// At the innermost place for it.
void report(Context& context, const Workload& workload, const std::string& message) {
  Node parent = workload.pod_spec;
  std::string_view key = "affinity";
  if (parent[key].is_map()) {
    parent = parent[key];
    key = "podAntiAffinity";
  }
  if (parent[key] && parent[key].is_null()) {
    report_empty(context, *workload.object, parent, key, message);
  } else {
    context.report_missing(workload, parent, key, message);
  }
}

void check(Context& context) {
  const bool hard = context.flag("hard");
  for (const Workload* workload : context.scalable()) {
    const manifest::Replicas replicas = context.workloads().replicas(*workload);
    if (replicas.least < 2) continue;
    const std::vector<SpreadTerm> terms = spread_terms(*workload, context.objects());
    if (std::any_of(terms.begin(), terms.end(), [&](const SpreadTerm& term) { return keeps_apart(term, hard); })) {
      continue;
    }
    const std::string pods =
        fmt::format("the {} pods of {} may all run on one node", replicas.least, workload->title());
    if (const SpreadTerm* foreign = first_foreign(terms)) {
      context.report(*workload, foreign->selector ? foreign->selector : foreign->node,
                     pods + ": what should keep them apart does not select them");
    } else {
      report(context, *workload,
             pods + (terms.empty() ? ": there is neither anti-affinity nor a spread constraint"
                                   : ": what keeps them apart is a preference"));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "anti-affinity-missing",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-502, LOOMWORKS: Deployment creation",
    .peers =
        "kube-linter/no-anti-affinity, kube-score/deployment-has-host-podantiaffinity, "
        "kube-score/statefulset-has-host-podantiaffinity, polaris/topologySpreadConstraint",
    .summary = "Nothing keeps the replicas of a workload from sharing one node",
    .remedy =
        "Add pod anti-affinity or a topology spread constraint over kubernetes.io/hostname that selects the pods' "
        "own labels.",
    .documentation = R"(## What it does
Finds workloads with two or more guaranteed pods that have neither pod anti-affinity nor a topology spread constraint
for their own pods. What is written must select the pods' own labels in their own namespace: a term that selects others,
or that has no selector, does not count. A preference counts unless `hard` is set.

## Why
The scheduler may put all replicas on one node, and that node's end is an outage. Its built-in spreading is weak and
may be switched off.

## Example
```yaml
# wrong: the selector names another application
affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector: {matchLabels: {app: other}}
```
```yaml
# right: the pods have the label app: odoo
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: DoNotSchedule
    labelSelector: {matchLabels: {app: odoo}}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::anti_affinity_missing
