#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "lint/support/promql.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::alert_missing {
namespace {

constexpr std::string_view subjects[] = {"backup", "autoscaler", "rollout"};
constexpr Parameter parameters[] = {
    {"for", ParameterType::list, "backup, autoscaler, rollout",
     "what must be told: a backup that failed, an autoscaler at its maximum, a rollout that is stuck", subjects},
};

struct Alert {
  std::string_view name;
  const Object* object = nullptr;
  Node node;
  std::vector<MetricSelector> selectors;
};

/// Of the Prometheus operator and of VictoriaMetrics.
std::vector<Alert> alerts(const Objects& objects) {
  std::vector<Alert> found;
  for (const std::string_view kind : {"PrometheusRule", "VMRule"}) {
    for (const Object* object : objects.of_kind(kind)) {
      if (object->role == manifest::Role::crd || !object->spec()["groups"].is_list()) continue;
      for (const Node group : object->spec()["groups"]) {
        if (!group["rules"].is_list()) continue;
        for (const Node rule : group["rules"]) {
          if (rule["alert"].is_null()) continue;
          found.push_back(
              {rule["alert"].scalar_text(), object, rule["expr"], metric_selectors(rule["expr"].scalar_text())});
        }
      }
    }
  }
  return found;
}

/// A metric that tells of something, the label that names what, and another label's value that matters.
struct Sign {
  std::string_view metric;
  std::string_view label;
  std::string_view suffix;  // of the value: a Job has its time behind the name of its CronJob
  std::string_view state_label;
  std::string_view state;
};

constexpr std::array backup_signs{
    Sign{"kube_job_status_failed", "job_name", "-29000000", "", ""},
    Sign{"kube_job_failed", "job_name", "-29000000", "", ""},
    Sign{"kube_job_status_completion_time", "job_name", "-29000000", "", ""},
    Sign{"kube_cronjob_status_last_successful_time", "cronjob", "", "", ""},
};
constexpr std::array autoscaler_signs{
    Sign{"kube_horizontalpodautoscaler_spec_max_replicas", "horizontalpodautoscaler", "", "", ""},
    Sign{"kube_hpa_spec_max_replicas", "hpa", "", "", ""},
    Sign{"kube_horizontalpodautoscaler_status_condition", "horizontalpodautoscaler", "", "condition", "ScalingLimited"},
};
constexpr std::array rollout_signs{
    Sign{"kube_deployment_status_condition", "deployment", "", "condition", "Progressing"},
    Sign{"kube_deployment_status_observed_generation", "deployment", "", "", ""},
    Sign{"kube_deployment_status_replicas_updated", "deployment", "", "", ""},
    Sign{"kube_deployment_status_replicas_unavailable", "deployment", "", "", ""},
    Sign{"kube_deployment_spec_replicas", "deployment", "", "", ""},
};

class Checker {
 public:
  explicit Checker(Context& context) : context_(context), alerts_(alerts(context.objects())) {}

  template <typename Signs>
  void check(const Object& object, const Signs& signs, std::string_view what) {
    context_.applies();
    const Alert* near = nullptr;
    for (const Alert& alert : alerts_) {
      for (const Sign& sign : signs) {
        const Answer answer = ask(alert, sign, object);
        if (answer == Answer::told) return;
        if (answer == Answer::told_of_others) near = &alert;
      }
    }
    const std::string message = fmt::format("no alert tells {} {}/{} {}", what.substr(0, what.find('|')), object.kind,
                                            object.name, what.substr(what.find('|') + 1));
    DraftRef draft = context_.report(object, object.metadata()["name"], message);
    if (near == nullptr) return;
    draft.adds(fmt::format("{} looks at others", near->name)).related(*near->object, near->node, "looks at others");
  }

 private:
  enum class Answer : std::uint8_t { nothing, told, told_of_others };

  Answer ask(const Alert& alert, const Sign& sign, const Object& object) const {
    Answer answer = Answer::nothing;
    for (const MetricSelector& selector : alert.selectors) {
      if (selector.metric != sign.metric) continue;
      if (!sign.state_label.empty() && !selector.admits(sign.state_label, sign.state)) continue;
      const std::string name = std::string(object.name) + std::string(sign.suffix);
      if (selector.admits(sign.label, name) && selector.admits("namespace", object.namespace_)) return Answer::told;
      answer = Answer::told_of_others;
    }
    return answer;
  }

  Context& context_;
  std::vector<Alert> alerts_;
};

void check(Context& context) {
  Checker checker(context);
  if (context.lists("for", "backup")) {
    for (const Backup& backup : backups(context.workloads())) {
      checker.check(*backup.workload->object, backup_signs, "when|fails");
    }
  }
  if (context.lists("for", "autoscaler")) {
    for (const Object* object : context.of_kind("HorizontalPodAutoscaler")) {
      checker.check(*object, autoscaler_signs, "when|is at its maximum");
    }
  }
  if (!context.lists("for", "rollout")) return;
  for (const Workload* workload : context.services()) {
    if (workload->kind() == "Deployment") checker.check(*workload->object, rollout_signs, "when a rollout of|is stuck");
  }
}

}  // namespace

extern const Rule rule{
    .name = "alert-missing",
    .category = Category::observability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_loomworks,
    .serves =
        "LOOMWORKS: Backup verification, LOOMWORKS: Maximum replica limit, LOOMWORKS: Rollback on failed deployment",
    .summary = "Nobody is told when a backup fails, an autoscaler is at its maximum or a rollout is stuck",
    .remedy = "Add an alert to a PrometheusRule, on the metrics of kube-state-metrics.",
    .documentation = R"(## What it does
Looks in the PrometheusRules (and VMRules) of the release for alerts on each backup, autoscaler and Deployment of it: by the
metrics of kube-state-metrics that tell of it, and by the labels that the expression asks for. An alert on another
autoscaler, or on the jobs of another name, does not count.

The cluster may have alerts of its own, so only the profile `loomworks` switches this on.

## Why
What fails at two in the morning is noticed when it is missed.

## Example
```yaml
# wrong: the CronJob is named postgres-backup
- alert: BackupFailed
  expr: kube_job_status_failed{job_name=~"backup-.*"} > 0
```
```yaml
# right
- alert: BackupFailed
  expr: kube_job_status_failed{job_name=~"postgres-backup-.*"} > 0
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::alert_missing
