#include <fmt/format.h>

#include <algorithm>

#include "lint/support/spreading.h"

namespace rhumb::lint::zone_spread_missing {
namespace {

constexpr Parameter parameters[] = {
    {"keys", ParameterType::list,
     "topology.kubernetes.io/zone, topology.kubernetes.io/region, failure-domain.beta.kubernetes.io/zone, "
     "failure-domain.beta.kubernetes.io/region",
     "labels of nodes that tell zones, or greater parts, apart"},
    {"minimum", ParameterType::integer, "2", "guaranteed pods from which on they must be spread"},
    {"hard", ParameterType::boolean, "false", "only rules that the scheduler must keep count, not preferences"},
};

void check(Context& context) {
  const bool hard = context.flag("hard");
  const auto spreads = [&](const SpreadTerm& term) {
    return term.selects_own && context.lists("keys", term.topology_key) && (term.is_hard || !hard);
  };
  for (const Workload* workload : context.scalable()) {
    const manifest::Replicas replicas = context.workloads().replicas(*workload);
    if (replicas.least < std::max<std::int64_t>(context.integer("minimum"), 2)) continue;
    const std::vector<SpreadTerm> terms = spread_terms(*workload, context.objects());
    if (std::any_of(terms.begin(), terms.end(), spreads)) continue;
    const auto zonal = std::find_if(terms.begin(), terms.end(), [&](const SpreadTerm& term) {
      return !term.selects_own && context.lists("keys", term.topology_key);
    });
    const std::string pods =
        fmt::format("the {} pods of {} may all run in one zone", replicas.least, workload->title());
    if (zonal != terms.end()) {
      context.report(*workload, zonal->selector ? zonal->selector : zonal->node,
                     pods + ": what should spread them does not select them");
    } else {
      context.report_field(*workload, workload->pod_spec, "topologySpreadConstraints",
                           pods + ": nothing spreads them over zones");
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "zone-spread-missing",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-502",
    .summary = "Nothing keeps the replicas of a workload from sharing one zone",
    .remedy =
        "Add a topology spread constraint or anti-affinity over topology.kubernetes.io/zone that selects the "
        "pods' own labels.",
    .documentation = R"(## What it does
Finds workloads with at least `minimum` guaranteed pods that no anti-affinity and no topology spread constraint spreads
over zones or regions. Only what selects the pods' own labels counts; a preference counts unless `hard` is set.

## Why
A cloud loses whole zones. Pods on different nodes of one zone go with it together.

## Example
```yaml
# wrong: nodes only
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: DoNotSchedule
    labelSelector: {matchLabels: {app: odoo}}
```
```yaml
# right
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: {matchLabels: {app: odoo}}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::zone_spread_missing
