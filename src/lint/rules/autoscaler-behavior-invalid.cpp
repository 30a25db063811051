#include <fmt/format.h>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::autoscaler_behavior_invalid {
namespace {

/// As validation of the group autoscaling does, Kubernetes 1.34.
class Checker {
 public:
  Checker(Context& context, const Object& autoscaler) : context_(context), autoscaler_(autoscaler) {}

  void check(Node rules) {
    if (!rules.is_map()) return;
    const Node window = rules["stabilizationWindowSeconds"];
    if (window.integer() && (*window.integer() < 0 || *window.integer() > 3600)) {
      say(rules, "stabilizationWindowSeconds",
          fmt::format("stabilizationWindowSeconds {} is not between 0 and 3600", *window.integer()));
    }
    const Node select = rules["selectPolicy"];
    if (!select.is_null() && select.text() != "Max" && select.text() != "Min" && select.text() != "Disabled") {
      say(rules, "selectPolicy", fmt::format("selectPolicy {} is none of Max, Min and Disabled", select.scalar_text()));
    }
    const Node policies = rules["policies"];
    if (!policies.is_list()) return;
    if (policies.empty()) say(rules, "policies", fmt::format("{} has an empty list of policies", rules.key()));
    for (const Node policy : policies) check_policy(policy);
  }

 private:
  void say(Node parent, std::string_view key, std::string_view what) {
    context_.report_field(autoscaler_, parent, key, fmt::format("{}: {}", title_of(autoscaler_), what));
  }

  /// What is no number at all is the schema's business.
  static std::int64_t number(Node field, std::int64_t lowest) {
    return field.is_null() ? 0 : field.integer().value_or(lowest);
  }

  void check_policy(Node policy) {
    const std::string_view type = policy["type"].text();
    if (type != "Pods" && type != "Percent") say(policy, "type", "the type of a policy is neither Pods nor Percent");
    const std::int64_t value = number(policy["value"], 1);
    if (value < 1) say(policy, "value", fmt::format("the value of a policy is {}, at least 1 is needed", value));
    const std::int64_t period = number(policy["periodSeconds"], 1);
    if (period >= 1 && period <= 1800) return;
    say(policy, "periodSeconds", fmt::format("the periodSeconds of a policy is {}, not between 1 and 1800", period));
  }

  Context& context_;
  const Object& autoscaler_;
};

void check(Context& context) {
  for (const Object* autoscaler : autoscalers(context)) {
    const Node spec = autoscaler->spec();
    const bool is_keda = autoscaler->kind == "ScaledObject";
    const Node behavior = is_keda ? spec["advanced"]["horizontalPodAutoscalerConfig"]["behavior"] : spec["behavior"];
    Checker(context, *autoscaler).check(behavior["scaleUp"]);
    Checker(context, *autoscaler).check(behavior["scaleDown"]);
  }
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-behavior-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "The API server refuses the behavior of an autoscaler",
    .remedy = "Keep windows, values and periods in their ranges, and give at least one policy where policies is set.",
    .documentation = R"(## What it does
Checks `behavior` of HorizontalPodAutoscalers and ScaledObjects: a stabilization window of 0 to 3600 seconds, a known
`selectPolicy`, at least one policy, each of the type Pods or Percent with a value of 1 or more and a period of 1 to
1800 seconds.

## Why
The release cannot be installed.

## Example
```yaml
# wrong
scaleDown:
  policies: [{type: Percent, value: 10, periodSeconds: 3600}]
```
```yaml
# right
scaleDown:
  policies: [{type: Percent, value: 10, periodSeconds: 1800}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_behavior_invalid
