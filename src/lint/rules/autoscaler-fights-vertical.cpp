#include <fmt/format.h>

#include <algorithm>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::autoscaler_fights_vertical {
namespace {

bool changes_pods(const Object& vertical) {
  const std::string_view mode = vertical.spec()["updatePolicy"]["updateMode"].text();
  return mode != "Off" && mode != "Initial";
}

/// Whether the recommendations are for that resource, of one container or of any.
bool controls(const Object& vertical, const UtilizationTarget& target) {
  const Node policies = vertical.spec()["resourcePolicy"]["containerPolicies"];
  if (!policies.is_list() || policies.empty()) return true;
  const auto has = [&](const yaml::TreeNode& entry) {
    const Node policy(&entry);
    const std::string_view name = policy["containerName"].text();
    if (policy["mode"].text() == "Off" || (!target.container.empty() && name != "*" && name != target.container)) {
      return false;
    }
    const std::vector<std::string> resources = policy["controlledResources"].texts();
    return policy["controlledResources"].is_null() ||
           std::find(resources.begin(), resources.end(), target.resource) != resources.end();
  };
  const auto all = policies.children();
  return std::any_of(all.begin(), all.end(), has);
}

bool same_target(const Object& vertical, const manifest::ScaleTarget& target) {
  const Node named = vertical.spec()["targetRef"];
  return named["kind"].text() == target.kind && named["name"].scalar_text() == target.name &&
         manifest::group_of(named["apiVersion"].text()) == target.group;
}

void check(Context& context) {
  for (const Object* vertical : context.of_kind("VerticalPodAutoscaler")) {
    if (!changes_pods(*vertical)) continue;
    for (const Object* autoscaler : autoscalers(context)) {
      const manifest::ScaleTarget target = manifest::scale_target(*autoscaler);
      if (autoscaler->namespace_ != vertical->namespace_ || !same_target(*vertical, target)) continue;
      for (const UtilizationTarget& metric : utilization_targets(*autoscaler)) {
        if (!controls(*vertical, metric)) continue;
        context
            .report(*vertical, vertical->spec()["targetRef"],
                    fmt::format("{} changes the {} requests of {}/{}, and {} scales by the share of them that is used",
                                title_of(*vertical), metric.resource, target.kind, target.name, title_of(*autoscaler)))
            .related(*autoscaler, metric.node ? metric.node : autoscaler->spec(), title_of(*autoscaler))
            .key(std::string(metric.resource));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-fights-vertical",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "A vertical autoscaler changes the requests that a horizontal one goes by",
    .remedy = "Let the vertical autoscaler only recommend (updateMode Off), or control another resource.",
    .documentation = R"(## What it does
Finds VerticalPodAutoscalers that change running pods (`updateMode` neither Off nor Initial) whose target is also scaled
by a HorizontalPodAutoscaler or ScaledObject with a utilization target on a resource that both control.

## Why
Utilization is a share of the request. When the vertical autoscaler raises the request the share falls and pods are
taken away, the rest is busier, and the request is raised again.

## Example
```yaml
# wrong: the HorizontalPodAutoscaler goes by the CPU
kind: VerticalPodAutoscaler
spec:
  updatePolicy: {updateMode: Auto}
```
```yaml
# right
kind: VerticalPodAutoscaler
spec:
  updatePolicy: {updateMode: Auto}
  resourcePolicy:
    containerPolicies: [{containerName: "*", controlledResources: [memory]}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_fights_vertical
