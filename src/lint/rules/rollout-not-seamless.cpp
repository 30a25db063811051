#include <fmt/format.h>

#include <algorithm>

#include "lint/support/probes.h"
#include "lint/support/rollout.h"
#include "lint/support/scraping.h"
#include "lint/support/single_pods.h"
#include "lint/support/traffic.h"

namespace rhumb::lint::rollout_not_seamless {
namespace {

class Checker {
 public:
  Checker(Context& context, const Workload& workload, std::int64_t pods)
      : context_(context), workload_(workload), spec_(workload.object->spec()), pods_(pods) {}

  void check_deployment() {
    const Node type = spec_["strategy"]["type"];
    if (type.text() == "Recreate") {
      return say(type, pods_ == 1 ? "strategy Recreate stops the only pod before a new one starts"
                                  : fmt::format("strategy Recreate stops all {} before a new one starts", pods()));
    }
    const auto update = rolling_update(workload_, pods_);
    if (!update) return;
    if (update->unavailable >= pods_) {
      const Node rolling = spec_["strategy"]["rollingUpdate"];
      const Node field = rolling["maxUnavailable"].is_null() ? rolling["maxSurge"] : rolling["maxUnavailable"];
      return say(field, loss(update->unavailable));
    }
    check_readiness();
  }

  /// A StatefulSet goes pod by pod, unless it is told otherwise.
  void check_stateful_set() {
    const Node strategy = spec_["updateStrategy"];
    if (strategy["type"].text() == "OnDelete") return;
    const Node field = strategy["rollingUpdate"]["maxUnavailable"];
    const auto value = manifest::int_or_string(field);
    // Before 1.35 the field needs a feature gate that is off.
    if (value && context_.kube_at_least(1, 35)) {
      const auto unavailable = manifest::scaled_value(*value, pods_, false);
      if (unavailable && *unavailable >= pods_) {
        return say(field, loss(*unavailable));
      }
    }
    check_readiness();
  }

 private:
  std::string pods() const { return fmt::format("{} {}", pods_, pods_ == 1 ? "pod" : "pods"); }

  std::string loss(std::int64_t unavailable) const {
    if (pods_ == 1) return "a rolling update may take the only pod away before a new one serves";
    return fmt::format("a rolling update may take {} of {} away at a time", unavailable, pods());
  }

  void say(Node node, std::string_view what) {
    context_.report(workload_, node, fmt::format("an update of {} is an outage: {}", workload_.title(), what));
  }

  void check_readiness() {
    const Container* main = nullptr;
    for (const Container& container : workload_.containers) {
      if (container.runs_on() && probe(container.node, "readinessProbe")) return;
      if (container.kind != ContainerKind::main || main != nullptr) continue;
      if (is_idle(context_.objects(), workload_, container)) continue;
      if (decides_readiness(context_.workloads(), workload_, container)) main = &container;
    }
    if (main == nullptr) return;
    context_.report_missing(
        workload_, main->node, "readinessProbe",
        fmt::format("an update of {} is blind: no container has a readiness probe, so new pods count before they serve",
                    workload_.title()));
  }

  Context& context_;
  const Workload& workload_;
  Node spec_;
  std::int64_t pods_;
};

/// Some Service leads users to it, or other programs. What asks for measurements alone misses one of them.
bool is_served(const Context& context, const Workload& workload) {
  const std::vector<const Object*> services = context.workloads().services(workload);
  return std::any_of(services.begin(), services.end(), [&](const Object* service) {
    return is_published(*service, context.objects()) || !is_for_measuring(*service, workload);
  });
}

/// Two of these side by side would undo each other's work, or each have a half of it: Recreate keeps them apart.
bool recreates_on_purpose(const Context& context, const std::vector<SinglePod>& singles, const Workload& workload) {
  if (workload.object->spec()["strategy"]["type"].text() != "Recreate") return false;
  return find_single(singles, workload) != nullptr || elects_no_leader(workload, context.objects());
}

/// One pod may be meant, for the sake of what it cannot share; behind a Service its end is an outage.
bool is_concerned(const Context& context, const std::vector<SinglePod>& singles, const Workload& workload,
                  std::int64_t pods) {
  if (pods != 1) return pods > 1;
  return workload.kind() == "Deployment" && is_served(context, workload) &&
         !needs_to_be_alone(workload, context.objects()) && !recreates_on_purpose(context, singles, workload);
}

void check(Context& context) {
  const std::vector<SinglePod> singles = single_pods(context.workloads());
  for (const Workload* workload : context.scalable()) {
    const std::int64_t pods = context.workloads().replicas(*workload).least;
    if (!is_concerned(context, singles, *workload, pods)) continue;
    Checker checker(context, *workload, pods);
    if (workload->kind() == "Deployment") checker.check_deployment();
    if (workload->kind() == "StatefulSet") checker.check_stateful_set();
  }
}

}  // namespace

extern const Rule rule{
    .name = "rollout-not-seamless",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-502, LOOMWORKS: Rolling update with zero downtime",
    .peers = "kube-linter/no-rolling-update-strategy, kube-score/deployment-strategy",
    .yields_to = "readiness-probe-missing",
    .summary = "An update of a workload takes all of its pods away, or does not wait for the new ones",
    .remedy = "Use a rolling update with maxUnavailable 0, and a readiness probe.",
    .documentation = R"(## What it does
Finds Deployments with the strategy `Recreate`, rolling updates whose `maxUnavailable` comes to all pods at the number
that is guaranteed (rounded down; 25% where it is not set), StatefulSets with such a `maxUnavailable` (from Kubernetes
1.35 on), and updates without a readiness probe to wait for, unless `readiness-probe-missing` says so.

A single pod counts where a Service leads to it that has more than ports for metrics, and it has no volume, path or port
of the node that only one pod can have. `Recreate` is meant where its leader election is switched off, or where the
program is known to be alone: a Pushgateway, a database without a cluster.

## Why
Every release would be an outage.

## Example
```yaml
# wrong
strategy:
  type: Recreate
```
```yaml
# right
strategy:
  type: RollingUpdate
  rollingUpdate:
    maxSurge: 1
    maxUnavailable: 0
```
)",
    .check = check,
};

}  // namespace rhumb::lint::rollout_not_seamless
