#include <fmt/format.h>

#include <limits>

#include "lint/context.h"

namespace rhumb::lint::rollout_blocked {
namespace {

class Checker {
 public:
  Checker(Context& context, const Workload& workload)
      : context_(context), workload_(workload), spec_(workload.object->spec()) {}

  void check_deployment() {
    check_pause();
    check_history();
    const Node deadline = spec_["progressDeadlineSeconds"];
    if (workload_.object->group == "extensions") {
      if (deadline.is_null()) {
        context_.report_missing(workload_, spec_, "progressDeadlineSeconds",
                                workload_.title() + " has no progress deadline: a failed rollout never ends");
      }
      return;
    }
    // As HasProgressDeadline, Kubernetes 1.34.
    if (deadline.integer() == std::numeric_limits<std::int32_t>::max()) {
      say(deadline, "the greatest progressDeadlineSeconds means none: a failed rollout never ends");
    }
  }

  void check_stateful_set() {
    check_history();
    const Node partition = spec_["updateStrategy"]["rollingUpdate"]["partition"];
    const manifest::Replicas replicas = context_.workloads().replicas(workload_);
    if (replicas.most > 0 && partition.integer().value_or(0) >= replicas.most) {
      say(partition, fmt::format("a partition of {} keeps all of its {} pods from being updated", *partition.integer(),
                                 replicas.most));
    }
  }

  void check_history() {
    const Node history = spec_["revisionHistoryLimit"];
    if (history.integer() == 0) say(history, "without old revisions there is nothing to roll back to");
  }

  void check_pause() {
    if (spec_["paused"].is_true()) say(spec_["paused"], "it is paused, so nothing is rolled out");
  }

 private:
  void say(Node node, std::string_view what) {
    context_.report(workload_, node, fmt::format("{}: {}", workload_.title(), what));
  }

  Context& context_;
  const Workload& workload_;
  Node spec_;
};

void check(Context& context) {
  for (const Workload* workload : context.services()) {
    Checker checker(context, *workload);
    if (workload->kind() == "Deployment") checker.check_deployment();
    if (workload->kind() == "StatefulSet") checker.check_stateful_set();
    if (workload->kind() == "DaemonSet") checker.check_history();
    if (workload->kind() == "Rollout") checker.check_pause();
  }
}

}  // namespace

extern const Rule rule{
    .name = "rollout-blocked",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Rollback on failed deployment",
    .summary = "A rollout cannot go on, cannot fail, or cannot be taken back",
    .remedy = "Do not pause the workload, keep some revisions, and let the rollout fail after a while.",
    .documentation = R"(## What it does
Finds Deployments and Rollouts that are `paused`, a `revisionHistoryLimit` of 0, a `progressDeadlineSeconds` that means
none, and StatefulSets whose `partition` leaves no pod to update.

## Why
A pipeline that waits with `kubectl rollout status` waits for ever, and `kubectl rollout undo` finds nothing to go back
to.

## Example
```yaml
# wrong
kind: Deployment
spec:
  paused: true
  revisionHistoryLimit: 0
```
```yaml
# right
kind: Deployment
spec:
  progressDeadlineSeconds: 600
  revisionHistoryLimit: 5
```
)",
    .check = check,
};

}  // namespace rhumb::lint::rollout_blocked
