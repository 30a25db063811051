#include <fmt/format.h>

#include <algorithm>

#include "lint/support/autoscaling.h"
#include "lint/support/missing.h"

namespace rhumb::lint::autoscaler_without_requests {
namespace {

/// Without a request the limit is taken for one.
bool has_request(Node resources, std::string_view resource) {
  return !resources["requests"][resource].is_null() || !resources["limits"][resource].is_null();
}

/// A LimitRange of the namespace that fills the request in.
bool has_default(Context& context, std::string_view namespace_, std::string_view resource) {
  for (const Object* range : context.objects().of_kind("LimitRange")) {
    const Node limits = range->spec()["limits"];
    if (range->namespace_ != namespace_ || !limits.is_list()) continue;
    for (const Node limit : limits) {
      if (limit["type"].text() != "Container") continue;
      if (!limit["defaultRequest"][resource].is_null() || !limit["default"][resource].is_null()) return true;
    }
  }
  return false;
}

std::string measure(const UtilizationTarget& target) {
  if (!target.node) return fmt::format("80% of the requested {} (it names no metric)", target.resource);
  return fmt::format("the share of the requested {} that is used", target.resource);
}

void check_target(Context& context, const Object& autoscaler, const Workload& workload,
                  const UtilizationTarget& target) {
  if (has_request(workload.pod_spec["resources"], target.resource)) return;
  if (has_default(context, workload.namespace_(), target.resource)) return;
  for (const Container& container : workload.containers) {
    if (!container.runs_on() || (!target.container.empty() && container.name != target.container)) continue;
    const Node resources = container.node["resources"];
    if (has_request(resources, target.resource)) continue;
    const std::string message = fmt::format("{} goes by {}, and container {} of {} requests none", title_of(autoscaler),
                                            measure(target), container.name, workload.title());
    DraftRef draft =
        report_missing_path(context, workload, container.node, {"resources", "requests", target.resource}, message);
    draft.key(std::string(target.resource));
    if (target.node) draft.related(autoscaler, target.node, "the metric");
  }
}

void check(Context& context) {
  for (const Object* autoscaler : autoscalers(context)) {
    const manifest::ScaleTarget named = manifest::scale_target(*autoscaler);
    const Workload* workload = context.workloads().find(named.group, named.kind, autoscaler->namespace_, named.name);
    if (workload == nullptr) continue;
    for (const UtilizationTarget& target : utilization_targets(*autoscaler)) {
      check_target(context, *autoscaler, *workload, target);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-without-requests",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Scale up on high CPU, LOOMWORKS: Scale up on high memory",
    .summary = "An autoscaler measures a share of requests that containers do not have",
    .remedy = "Give every container of the pod a request for the resource, side-cars too, or measure one container.",
    .documentation = R"(## What it does
For each target of the type Utilization, and for the 80% of CPU that an autoscaler without metrics has, looks for the
request in every container of the scaled pods: main ones and side-cars, or the one that a ContainerResource metric
names. A limit, a request of the whole pod and a default of a LimitRange in the release count as one.

## Why
One container without the request is enough: the autoscaler says "missing request for cpu" and does not scale at all.

## Example
```yaml
# wrong
containers:
  - name: odoo
    resources: {requests: {cpu: "1"}}
  - name: exporter
```
```yaml
# right
containers:
  - name: odoo
    resources: {requests: {cpu: "1"}}
  - name: exporter
    resources: {requests: {cpu: 50m}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_without_requests
