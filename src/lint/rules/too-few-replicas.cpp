#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "lint/context.h"
#include "lint/support/recognize.h"

namespace rhumb::lint::too_few_replicas {
namespace {

constexpr Parameter parameters[] = {
    {"minimum", ParameterType::integer, "2", "pods that must run at any time"},
};

/// A database whose pods do not share their data: null for any other workload, and for a follower of one.
const Database* single_writer(const std::vector<Database>& databases, const Workload& workload) {
  const auto found = std::find_if(databases.begin(), databases.end(),
                                  [&](const Database& each) { return each.workload == &workload; });
  if (found == databases.end() || forms_cluster(*found) || is_follower(workload)) return nullptr;
  return &*found;
}

/// Pods of the same engine that follow it.
std::int64_t followers(const Context& context, const std::vector<Database>& databases, const Database& leader) {
  std::int64_t count = 0;
  for (const Database& each : databases) {
    const bool follows = each.engine == leader.engine && is_follower(*each.workload) &&
                         each.workload->namespace_() == leader.workload->namespace_();
    if (follows) count += context.workloads().replicas(*each.workload).least;
  }
  return count;
}

/// More pods would be databases of their own. Whether one is enough is for a specification to say.
void check_database(Context& context, const Database& database, const manifest::Replicas& replicas,
                    std::int64_t followers) {
  if (context.environment().profile.empty() || replicas.least + followers >= context.integer("minimum")) return;
  context
      .report_field(*replicas.least_object, replicas.least_object->spec(), "replicas",
                    fmt::format("{} is one pod of a database that has a single writer: while it is away there is none",
                                database.title()))
      .hint(
          "use a managed database, or one that replicates itself: an operator, a chart for a cluster; more replicas "
          "of this workload would be databases of their own");
}

void check(Context& context) {
  const std::int64_t minimum = context.integer("minimum");
  const std::vector<Database> all = databases(context.workloads());
  for (const Workload* workload : context.scalable()) {
    const manifest::Replicas replicas = context.workloads().replicas(*workload);
    // Scaled to nothing on purpose.
    if (replicas.least >= minimum || (replicas.least == 0 && replicas.autoscaler == nullptr)) continue;
    if (const Database* const database = single_writer(all, *workload); database != nullptr && replicas.least == 1) {
      check_database(context, *database, replicas, followers(context, all, *database));
      continue;
    }
    const std::string who = replicas.autoscaler == nullptr
                                ? workload->title()
                                : workload->title() + ", scaled by " + std::string(replicas.autoscaler->kind) + "/" +
                                      std::string(replicas.autoscaler->name) + ",";
    const std::string message = fmt::format("{} is sure of {} {}, {} are needed", who, replicas.least,
                                            replicas.least == 1 ? "pod" : "pods", minimum);
    if (replicas.least_node) {
      context.report(*replicas.least_object, replicas.least_node, message);
    } else {
      context.report_missing(*replicas.least_object, replicas.least_object->spec(),
                             replicas.autoscaler == nullptr ? "replicas" : "minReplicas", message);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "too-few-replicas",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-502",
    .peers =
        "kube-linter/minimum-three-replicas, kube-linter/hpa-minimum-three-replicas, kube-score/deployment-replicas, "
        "kube-score/horizontalpodautoscaler-replicas, polaris/deploymentMissingReplicas, polaris/hpaMinAvailability",
    .summary = "A workload is not guaranteed enough pods",
    .remedy = "Set the replicas, or the autoscaler's lower bound, to the minimum or more.",
    .documentation = R"(## What it does
Finds Deployments, StatefulSets, ReplicaSets and Rollouts that may run with fewer pods than `minimum`. Where a
HorizontalPodAutoscaler or a ScaledObject targets the workload its lower bound counts (1, or 0 for a ScaledObject, when
it sets none), else `replicas` (1 when it is not set). A workload scaled to 0 is switched off and left alone.

A second pod of a server of PostgreSQL, MySQL, MariaDB or MongoDB that is not made to form a cluster would be a database
of its own. Such a single pod is reported under a profile only, and not where servers that follow it run beside it.

## Why
A single pod is an outage with every node that is drained and every crash.

## Example
```yaml
# wrong
kind: Deployment
spec:
  replicas: 1
```
```yaml
# right
kind: Deployment
spec:
  replicas: 2
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::too_few_replicas
