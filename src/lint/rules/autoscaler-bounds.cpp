#include <fmt/format.h>

#include <algorithm>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::autoscaler_bounds {
namespace {

/// Scaling to nothing needs a metric that is there without pods.
bool has_outer_metric(Node metrics) {
  return std::any_of(metrics.children().begin(), metrics.children().end(), [](const yaml::TreeNode& metric) {
    const std::string_view type = Node(&metric)["type"].text();
    return type == "Object" || type == "External";
  });
}

void compare(Context& context, const Object& autoscaler, Node least, std::int64_t from, Node most, std::int64_t to) {
  if (from < to) return;
  const std::string bounds = fmt::format("between {} and {} pods", from, to);
  DraftRef draft =
      context.report(autoscaler, most ? most : least,
                     from > to ? fmt::format("{} has to choose {}", title_of(autoscaler), bounds)
                               : fmt::format("{} never scales: both bounds are {}", title_of(autoscaler), from));
  if (most && least) draft.related(autoscaler, least, "the lower bound");
}

void check_hpa(Context& context, const Object& hpa) {
  const Node spec = hpa.spec();
  const Node least = spec["minReplicas"];
  const Node most = spec["maxReplicas"];
  const std::string who = title_of(hpa);
  if (most.is_null()) {
    context.report_field(hpa, spec, "maxReplicas", who + " has no upper bound");
    return;
  }
  if (!most.integer() || (!least.is_null() && !least.integer())) return;  // the schema's business
  const std::int64_t from = least.integer().value_or(1);
  const std::int64_t to = *most.integer();
  if (to < 1) {
    context.report(hpa, most, fmt::format("{} has maxReplicas {}, at least 1 is needed", who, to));
    return;
  }
  if (from < 0 || (from == 0 && !has_outer_metric(spec["metrics"]))) {
    context.report(hpa, least,
                   fmt::format("{} has minReplicas {}: {}", who, from,
                               from < 0 ? "at least 1 is needed"
                                        : "without an Object or External metric nothing would wake it again"));
    return;
  }
  compare(context, hpa, least, from, most, to);
}

void check_scaled_object(Context& context, const Object& object) {
  const Node spec = object.spec();
  const Node least = spec["minReplicaCount"];
  const Node most = spec["maxReplicaCount"];
  const Node idle = spec["idleReplicaCount"];
  const std::int64_t from = least.integer().value_or(0);
  if (idle.integer() && *idle.integer() >= from) {
    context.report(object, idle,
                   fmt::format("{} has idleReplicaCount {}, which must be less than minReplicaCount {}",
                               title_of(object), *idle.integer(), from));
  }
  if (least.is_null() && most.is_null()) return;
  compare(context, object, least, from, most, most.integer().value_or(100));
}

void check(Context& context) {
  for (const Object* autoscaler : autoscalers(context)) {
    if (autoscaler->kind == "ScaledObject") {
      check_scaled_object(context, *autoscaler);
    } else {
      check_hpa(context, *autoscaler);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-bounds",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Maximum replica limit",
    .peers = "polaris/hpaMaxAvailability",
    .summary = "The bounds of an autoscaler leave it nothing to choose from",
    .remedy = "Set maxReplicas above minReplicas, which is 1 where it is not set.",
    .documentation = R"(## What it does
Compares the bounds of HorizontalPodAutoscalers (`minReplicas` is 1 by default) and of KEDA's ScaledObjects (0 and 100).
The upper bound must be greater than the lower one. A lower bound of 0 needs an Object or External metric, and an
`idleReplicaCount` must be less than the lower bound.

## Why
An upper bound below the lower one is refused. Equal ones are an autoscaler that never scales, where load was expected.

## Example
```yaml
# wrong
minReplicas: 3
maxReplicas: 3
```
```yaml
# right
minReplicas: 3
maxReplicas: 9
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_bounds
