#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/selection.h"

namespace rhumb::lint::service_selects_nothing {
namespace {

void check(Context& context) {
  const std::vector<Candidate> pods = pod_candidates(context);
  for (const Object* service : context.of_kind("Service")) {
    const Node selector = service->spec()["selector"];
    if (!service->group.empty() || service->spec()["type"].text() == "ExternalName") continue;
    if (selector.empty() || !context.workloads().behind(*service).empty()) continue;
    const auto miss = missed_selection(context, *service, manifest::read_labels(selector), pods);
    if (!miss) continue;
    const std::string message =
        fmt::format("Service/{} selects no pods ({})", service->name, manifest::map_selector_of(selector).to_string());
    DraftRef draft = context.report(*service, selector, miss->why.empty() ? message : message + ": " + miss->why);
    if (miss->meant != nullptr) draft.related(*miss->meant, miss->meant->root["kind"], "probably meant");
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-selects-nothing",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IApplicationEndpoints, LOOMWORKS: Odoo ClusterIP Service, LOOMWORKS: PostgreSQL Headless Service",
    .peers = "kube-linter/dangling-service, kube-score/service-targets-pod",
    .summary = "A Service selects no pods",
    .remedy = "Let the selector be labels that the pod template has, in the same namespace.",
    .documentation = R"(## What it does
Matches the selector of every Service against the labels of the pod templates of its namespace. A Service without a
selector (its endpoints are written by hand) and one of the type ExternalName need no pods.

Pods may belong to another release, or an operator may make them. A finding is what the release itself tells to be a
slip: pods of another namespace that fit, a workload of the Service's own name, a label one letter away, or a workload
with all of the selector's keys of which one has another value. Labels that are put on running pods (`role`, the name of
a StatefulSet's pod) are left alone. With `closed-world` a Service without pods always is a finding.

## Why
The name resolves, and every connection is refused.

## Example
```yaml
# wrong
kind: Service
metadata: {name: web}
spec:
  selector: {app: wbe}
---
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web}}
```
```yaml
# right
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_selects_nothing
