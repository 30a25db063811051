#include <fmt/format.h>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::cronjob_unbounded {
namespace {

constexpr std::string_view bounds[] = {"concurrency", "run-time", "late-start"};
constexpr Parameter parameters[] = {
    {"required", ParameterType::list, "concurrency, run-time",
     "what must be bounded: runs at the same time (concurrencyPolicy), how long one takes (activeDeadlineSeconds), how "
     "late one may start (startingDeadlineSeconds)",
     bounds},
    {"most-finished", ParameterType::integer, "50", "more finished Jobs than this may not be kept"},
};

/// The controller looks every ten seconds: a shorter deadline is over before it looks.
constexpr std::int64_t least_late_start = 10;

class Checker {
 public:
  Checker(Context& context, const Workload& workload)
      : context_(context), workload_(workload), spec_(workload.object->spec()) {}

  void check() {
    const std::string_view policy = spec_["concurrencyPolicy"].text();
    if (context_.lists("required", "concurrency") && (policy.empty() || policy == "Allow")) {
      faults_.emplace_back("runs may pile up (concurrencyPolicy is Allow)");
      place("concurrencyPolicy");
    }
    const Node job = spec_["jobTemplate"]["spec"];
    const bool ends = job["activeDeadlineSeconds"].integer() || workload_.pod_spec["activeDeadlineSeconds"].integer();
    if (context_.lists("required", "run-time") && !ends) {
      faults_.emplace_back("a run that hangs is never ended (no activeDeadlineSeconds)");
      place("activeDeadlineSeconds", job);
    }
    if (context_.lists("required", "late-start") && !spec_["startingDeadlineSeconds"].integer()) {
      faults_.emplace_back("a run may start however late it is (no startingDeadlineSeconds)");
      place("startingDeadlineSeconds");
    }
    if (!faults_.empty()) {
      context_.report_field(workload_, parent_, key_,
                            fmt::format("of {} {}", workload_.title(), strings::join(faults_, ", ")));
    }
    check_late_start();
    for (const std::string_view key : {"successfulJobsHistoryLimit", "failedJobsHistoryLimit"}) check_history(key);
  }

 private:
  void place(std::string_view key, Node parent = {}) {
    if (!key_.empty()) return;
    key_ = key;
    parent_ = parent ? parent : spec_;
  }

  void check_late_start() {
    const Node node = spec_["startingDeadlineSeconds"];
    const auto seconds = node.integer();
    if (!seconds || *seconds >= least_late_start) return;
    context_.report(
        workload_, node,
        fmt::format("a run of {} that cannot start within {} s is given up: the controller looks every {} s",
                    workload_.title(), *seconds, least_late_start));
  }

  void check_history(std::string_view key) {
    const auto limit = spec_[key].integer();
    if (!limit || *limit <= context_.integer("most-finished")) return;
    context_.report(workload_, spec_[key],
                    fmt::format("{} keeps {} finished Jobs with their pods", workload_.title(), *limit));
  }

  Context& context_;
  const Workload& workload_;
  Node spec_;
  std::vector<std::string> faults_;
  Node parent_;
  std::string_view key_;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (workload->kind() == "CronJob") Checker(context, *workload).check();
  }
}

}  // namespace

extern const Rule rule{
    .name = "cronjob-unbounded",
    .category = Category::data,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Daily backup execution",
    .peers = "kube-score/cronjob-has-deadline",
    .summary = "Runs of a CronJob may pile up, hang or stay for ever",
    .remedy = "Set `concurrencyPolicy: Forbid` (or Replace) and `activeDeadlineSeconds`.",
    .documentation = R"(## What it does
Finds CronJobs whose runs may overlap, since `concurrencyPolicy` is Allow unless it is set, and whose runs have no
`activeDeadlineSeconds`. `required` may ask for a `startingDeadlineSeconds` as well; one of less than ten seconds is a fault
in any case. Finished Jobs are few by default (3 and 1), so only very large history limits are found.

## Why
A backup that takes longer than a day runs twice at the same time; one that hangs blocks all that follow with Forbid, and
keeps its pods with Allow.

## Example
```yaml
# wrong
kind: CronJob
spec:
  schedule: "0 2 * * *"
```
```yaml
# right
kind: CronJob
spec:
  schedule: "0 2 * * *"
  concurrencyPolicy: Forbid
  jobTemplate: {spec: {activeDeadlineSeconds: 7200}}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::cronjob_unbounded
