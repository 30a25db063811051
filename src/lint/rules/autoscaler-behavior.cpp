#include <fmt/format.h>

#include <algorithm>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::autoscaler_behavior {
namespace {

constexpr Parameter parameters[] = {
    {"scale-down-percent", ParameterType::integer, "10", "share of the pods that may go within a minute"},
    {"stabilization-seconds", ParameterType::integer, "300", "seconds of low load before the first pod goes, at least"},
};

struct Speed {
  double percent = 0;  // of the pods, within a minute
  Node policy;
};

/// What a policy lets go within any minute: all of its value at once, and again with every period.
double per_minute(Node policy) {
  const std::int64_t period = std::max<std::int64_t>(policy["periodSeconds"].integer().value_or(60), 1);
  const auto value = static_cast<double>(policy["value"].integer().value_or(0));
  return value * static_cast<double>(std::max<std::int64_t>((60 + period - 1) / period, 1));
}

class Checker {
 public:
  Checker(Context& context, const Object& autoscaler, Node behavior, std::int64_t most)
      : context_(context), autoscaler_(autoscaler), down_(behavior["scaleDown"]), behavior_(behavior), most_(most) {}

  void check() {
    if (down_["selectPolicy"].text() == "Disabled") return;
    check_window();
    check_speed();
  }

 private:
  Node nearest() const {
    if (down_) return down_;
    return behavior_ ? behavior_ : autoscaler_.spec();
  }

  void check_window() {
    const Node window = down_["stabilizationWindowSeconds"];
    const std::int64_t seconds = window.integer().value_or(300);
    const std::int64_t wanted = context_.integer("stabilization-seconds");
    if (seconds >= wanted) return;
    context_.report_field(autoscaler_, nearest(), "stabilizationWindowSeconds",
                          fmt::format("{} takes pods away after {} s of low load, {} s are needed",
                                      title_of(autoscaler_), seconds, wanted));
  }

  /// In percent of all pods; a policy of pods is measured at the upper bound, where one pod is always allowed.
  Speed speed_of(Node policy) const {
    const double amount = per_minute(policy);
    if (policy["type"].text() == "Percent") return {amount, policy};
    if (amount <= 1) return {0, policy};
    return {amount * 100 / static_cast<double>(std::max<std::int64_t>(most_, 1)), policy};
  }

  void check_speed() {
    const Node policies = down_["policies"];
    const auto limit = static_cast<double>(context_.integer("scale-down-percent"));
    if (!policies.is_list() || policies.empty()) {
      if (limit >= 100) return;
      context_.report_missing(autoscaler_, nearest(), "policies",
                              fmt::format("{} may take all pods away at once: no policy for scaling down limits it to "
                                          "{} % in a minute",
                                          title_of(autoscaler_), limit));
      return;
    }
    std::vector<Speed> speeds;
    for (const Node policy : policies) speeds.push_back(speed_of(policy));
    const auto slower = [](const Speed& a, const Speed& b) { return a.percent < b.percent; };
    const Speed speed = down_["selectPolicy"].text() == "Min" ? *std::min_element(speeds.begin(), speeds.end(), slower)
                                                              : *std::max_element(speeds.begin(), speeds.end(), slower);
    if (speed.percent <= limit) return;
    context_.report_field(autoscaler_, speed.policy, "value",
                          fmt::format("{} may take {:.0f} % of the pods away within a minute, {} % are allowed",
                                      title_of(autoscaler_), speed.percent, limit));
  }

  Context& context_;
  const Object& autoscaler_;
  Node down_;
  Node behavior_;
  std::int64_t most_;
};

void check(Context& context) {
  for (const Object* autoscaler : autoscalers(context)) {
    const Node spec = autoscaler->spec();
    const bool is_keda = autoscaler->kind == "ScaledObject";
    const Node behavior = is_keda ? spec["advanced"]["horizontalPodAutoscalerConfig"]["behavior"] : spec["behavior"];
    const std::int64_t most = spec[is_keda ? "maxReplicaCount" : "maxReplicas"].integer().value_or(is_keda ? 100 : 1);
    Checker(context, *autoscaler, behavior, most).check();
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-behavior",
    .category = Category::availability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Scale down on low utilization",
    .yields_to = "autoscaler-behavior-invalid",
    .summary = "An autoscaler takes pods away too early or too fast",
    .remedy = "Set behavior.scaleDown with a stabilization window and a policy of some percent per minute.",
    .documentation = R"(## What it does
Looks at `behavior.scaleDown` of HorizontalPodAutoscalers and ScaledObjects: the stabilization window (300 s by default)
must be `stabilization-seconds` or more, and the policies must let no more than `scale-down-percent` of the pods go in a
minute. The fastest policy counts, or the slowest with `selectPolicy: Min`. Without policies all pods may go at once. A
policy of pods is measured at the upper bound; a single pod in a minute is always in order.

## Why
Load comes back. Pods that went too soon must start again while users wait, and sessions are cut with each of them.

## Example
```yaml
# wrong
behavior:
  scaleDown:
    stabilizationWindowSeconds: 0
```
```yaml
# right
behavior:
  scaleDown:
    stabilizationWindowSeconds: 300
    policies: [{type: Percent, value: 10, periodSeconds: 60}]
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_behavior
