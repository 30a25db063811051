#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/selection.h"

namespace rhumb::lint::monitor_selects_nothing {
namespace {

/// Whether the monitor looks into the namespace that it lives in.
bool looks_at_home(const Object& monitor) {
  const Node selector = monitor.spec()["namespaceSelector"];
  const std::vector<std::string> names = selector["matchNames"].texts();
  return selector["any"].is_true() || names.empty() ||
         std::find(names.begin(), names.end(), monitor.namespace_) != names.end();
}

std::vector<Candidate> services(const Context& context) {
  std::vector<Candidate> found;
  for (const Object* service : context.objects().of_kind("Service")) {
    if (service->group.empty()) found.push_back({service, &service->labels, "Service/" + std::string(service->name)});
  }
  return found;
}

void check_monitor(Context& context, const Object& monitor, const std::vector<Candidate>& candidates) {
  const Node field = monitor.spec()["selector"];
  const manifest::Selector selector = manifest::selector_of(field);
  const bool selects = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return selector.matches(*candidate.labels) &&
           (candidate.object->namespace_ == monitor.namespace_ || !looks_at_home(monitor) ||
            !monitor.spec()["namespaceSelector"].empty());
  });
  if (selects || !looks_at_home(monitor) || selector.is_everything()) return;
  const manifest::Labels labels = manifest::read_labels(field["matchLabels"]);
  const auto miss = missed_selection(context, monitor, labels, candidates);
  if (!miss) return;
  const std::string message =
      fmt::format("{}/{} selects {} ({})", monitor.kind, monitor.name,
                  monitor.kind == "PodMonitor" ? "no pods" : "no Service", selector.to_string());
  DraftRef draft = context.report(monitor, field, miss->why.empty() ? message : message + ": " + miss->why);
  if (miss->meant != nullptr) draft.related(*miss->meant, miss->meant->metadata()["labels"], "probably meant");
}

void check(Context& context) {
  const std::vector<Candidate> of_services = services(context);
  const std::vector<Candidate> of_pods = pod_candidates(context);
  for (const std::string_view kind : {"ServiceMonitor", "PodMonitor"}) {
    for (const Object* monitor : context.of_kind(kind)) {
      if (monitor->group == "monitoring.coreos.com") {
        check_monitor(context, *monitor, kind == "PodMonitor" ? of_pods : of_services);
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "monitor-selects-nothing",
    .category = Category::observability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-602, LOOMWORKS: Odoo metrics collection, LOOMWORKS: PostgreSQL metrics collection",
    .peers = "kube-linter/dangling-servicemonitor",
    .summary = "A ServiceMonitor or PodMonitor selects nothing",
    .remedy = "Let its selector be labels of the Service itself, or of the pods for a PodMonitor.",
    .documentation = R"(## What it does
Matches the selector of ServiceMonitors against the labels of the Services (not against what these select), that of
PodMonitors against the labels of the pods, in the namespaces that `namespaceSelector` names; without it in the
monitor's own.

What it selects may belong to another release. A finding is what the release itself tells to be a slip, by the same
signs as in `service-selects-nothing`; with `closed-world` every monitor that selects nothing.

## Why
Prometheus has no target, and alerts that compare a number never fire.

## Example
```yaml
# wrong
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector: {matchLabels: {app: wbe}}
---
kind: Service
metadata: {name: web, labels: {app: web}}
```
```yaml
# right
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::monitor_selects_nothing
