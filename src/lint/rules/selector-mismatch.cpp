#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::selector_mismatch {
namespace {

bool has_label_selector(const Workload& workload) {
  const std::string_view kind = workload.kind();
  return kind == "Deployment" || kind == "StatefulSet" || kind == "DaemonSet" || kind == "ReplicaSet" ||
         kind == "Rollout";
}

/// Which of the selector's plain labels the pods lack: "app: web is app: api in the pods".
std::string difference(Node match_labels, const manifest::Labels& labels) {
  for (const Node wanted : match_labels) {
    const auto own = labels.find(wanted.key());
    if (own == labels.end()) return fmt::format("the pods have no label {}", wanted.key());
    if (own->second != wanted.scalar_text()) {
      return fmt::format("{} is {} in the pods", wanted.key(), own->second.empty() ? "empty" : own->second);
    }
  }
  return {};
}

void check_selector(Context& context, const Workload& workload) {
  const Object& object = *workload.object;
  const Node selector = object.spec()["selector"];
  const bool is_plain = workload.kind() == "ReplicationController" || object.kind == "DeploymentConfig";
  if (!is_plain && selector.is_null()) {
    // extensions/v1beta1 and apps/v1beta1 took the template's labels; a Rollout may have them from elsewhere.
    if (object.version == "v1beta1" || object.kind == "Rollout") return;
    context.report_missing(workload, object.spec(), "selector", workload.title() + " has no selector");
    return;
  }
  if (selector.empty()) {
    if (is_plain) return;
    context.report(workload, selector, workload.title() + " has an empty selector");
    return;
  }
  const manifest::Selector compiled = is_plain ? manifest::map_selector_of(selector) : manifest::selector_of(selector);
  if (compiled.matches(workload.labels)) return;
  const manifest::LabelSelector read = manifest::read_selector(selector);
  if (auto made = manifest::Selector::from(&read); !is_plain && !made) {
    context.report(workload, selector,
                   fmt::format("the selector of {} is invalid: {}", workload.title(), made.error().message));
    return;
  }
  const std::string why = difference(is_plain ? selector : selector["matchLabels"], workload.labels);
  context
      .report(workload, selector,
              fmt::format("the selector of {} ({}) does not select its own pods{}{}", workload.title(),
                          compiled.to_string(), why.empty() ? "" : ": ", why))
      .related(object, workload.pod_metadata["labels"] ? workload.pod_metadata["labels"] : workload.pod_template,
               "the labels of the pods");
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const bool is_plain = workload->kind() == "ReplicationController" || workload->kind() == "DeploymentConfig";
    if (has_label_selector(*workload) || is_plain) check_selector(context, *workload);
  }
}

}  // namespace

extern const Rule rule{
    .name = "selector-mismatch",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .peers =
        "kube-linter/mismatching-selector, kube-score/deployment-pod-selector-labels-match-template-metadata-labels, "
        "kube-score/statefulset-pod-selector-labels-match-template-metadata-labels",
    .summary = "The selector of a workload does not select its own pods",
    .remedy = "Let the labels of the pod template contain those of the selector.",
    .documentation = R"(## What it does
Evaluates the selector of Deployments, StatefulSets, DaemonSets, ReplicaSets, ReplicationControllers, DeploymentConfigs
and Rollouts, `matchExpressions` included, against the labels of the pod template. A selector that is missing, empty or
that Kubernetes cannot read is reported as well.

## Why
The API server refuses such a workload.

## Example
```yaml
# wrong
kind: Deployment
spec:
  selector: {matchLabels: {app: web, tier: front}}
  template:
    metadata: {labels: {app: web}}
```
```yaml
# right
kind: Deployment
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::selector_mismatch
