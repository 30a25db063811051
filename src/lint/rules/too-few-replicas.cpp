#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "lint/context.h"
#include "lint/support/probes.h"
#include "lint/support/single_pods.h"

namespace rhumb::lint::too_few_replicas {
namespace {

constexpr Parameter parameters[] = {
    {"minimum", ParameterType::integer, "2", "pods that must run at any time"},
};

/// Pods of the same product that follow it.
std::int64_t followers(const Context& context, const std::vector<SinglePod>& singles, const SinglePod& leader) {
  std::int64_t count = 0;
  for (const SinglePod& each : singles) {
    const bool follows = each.is_follower && each.product == leader.product &&
                         each.workload->namespace_() == leader.workload->namespace_();
    if (follows) count += context.workloads().replicas(*each.workload).least;
  }
  return count;
}

/// A second pod is no remedy. Whether one is enough is for a specification to say.
void check_single(Context& context, const SinglePod& single, const manifest::Replicas& replicas,
                  std::int64_t followers) {
  if (context.environment().profile.empty() || replicas.least + followers >= context.integer("minimum")) return;
  const std::string message = fmt::format(
      "{} is one pod of a {}: while it is away there is none", single.title(),
      single.is_database ? "database that has a single writer" : "program that shares neither its state nor its work");
  context.report_field(*replicas.least_object, replicas.least_object->spec(), "replicas", message)
      .hint(single.is_database
                ? "use a managed database, or one that replicates itself: an operator, a chart for a cluster; more "
                  "replicas of this workload would be databases of their own"
                : "use something whose pods share the work, or see that it starts again quickly; more replicas of this "
                  "workload would keep a state of their own, or do the same work again");
}

/// It serves nobody: what sleeps here waits for somebody to come in.
bool is_idle(const Context& context, const Workload& workload) {
  return context.workloads().services(workload).empty() &&
         std::all_of(workload.containers.begin(), workload.containers.end(), [&](const Container& container) {
           return !container.runs_on() || lint::is_idle(context.objects(), workload, container);
         });
}

void check(Context& context) {
  const std::int64_t minimum = context.integer("minimum");
  const std::vector<SinglePod> singles = single_pods(context.workloads());
  for (const Workload* workload : context.scalable()) {
    const manifest::Replicas replicas = context.workloads().replicas(*workload);
    // Scaled to nothing on purpose.
    if (replicas.least >= minimum || (replicas.least == 0 && replicas.autoscaler == nullptr)) continue;
    if (const SinglePod* const single = find_single(singles, *workload); single != nullptr && replicas.least == 1) {
      check_single(context, *single, replicas, followers(context, singles, *single));
      continue;
    }
    if (is_idle(context, *workload)) continue;
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

Some programs gain nothing by a second pod: it would be a database of its own (PostgreSQL, MySQL, MariaDB, MongoDB,
Redis and InfluxDB that are not made to form a cluster), keep a state of its own (a Prometheus Pushgateway, Jenkins,
SonarQube, the hub and the proxy of JupyterHub) or do the same work again (ExternalDNS, the compactors of Loki and Thanos,
Celery beat). Such a single pod is reported under a profile only, and not where servers that follow it run beside it.

A workload that only sleeps (`sleep infinity`, `tail -f /dev/null`, the pause image) and that no Service selects needs no
second pod.

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
