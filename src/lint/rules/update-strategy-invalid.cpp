#include <fmt/format.h>

#include "lint/support/amounts.h"

namespace rhumb::lint::update_strategy_invalid {
namespace {

/// As validation of the group apps does, Kubernetes 1.34.
class Checker {
 public:
  Checker(Context& context, const Workload& workload)
      : context_(context), workload_(workload), spec_(workload.object->spec()) {}

  void check_deployment() {
    strategy_ = spec_["strategy"];
    check_type("Recreate");
    check_amount("maxSurge", false);
    check_amount("maxUnavailable", true);
    if (is_zero("maxSurge", "25%") && is_zero("maxUnavailable", "25%")) {
      say(rolling()["maxUnavailable"], "maxUnavailable and maxSurge are both 0, so nothing could be updated");
    }
    check_deadline();
  }

  void check_daemon_set() {
    strategy_ = spec_["updateStrategy"];
    check_type("OnDelete");
    if (strategy_["type"].text() == "OnDelete") return;
    check_amount("maxSurge", true);
    check_amount("maxUnavailable", true);
    const bool surges = !is_zero("maxSurge", "0");
    const bool takes = !is_zero("maxUnavailable", "1");
    if (surges && takes) {
      say(rolling()["maxSurge"], "maxSurge needs maxUnavailable: 0 beside it (1 where it is not set)");
    } else if (!surges && !takes) {
      say(rolling()["maxUnavailable"], "maxUnavailable and maxSurge are both 0, so nothing could be updated");
    }
  }

  void check_stateful_set() {
    strategy_ = spec_["updateStrategy"];
    check_type("OnDelete");
    check_amount("maxUnavailable", true);
    if (!rolling()["maxUnavailable"].is_null() && is_zero("maxUnavailable", "1")) {
      say(rolling()["maxUnavailable"], "maxUnavailable is 0, so nothing could be updated");
    }
    if (rolling()["partition"].integer().value_or(0) < 0) say(rolling()["partition"], "partition is negative");
  }

 private:
  Node rolling() const { return strategy_["rollingUpdate"]; }

  void say(Node node, std::string_view what) {
    context_.report(workload_, node, fmt::format("the update strategy of {}: {}", workload_.title(), what));
  }

  void check_type(std::string_view other) {
    const Node type = strategy_["type"];
    if (type.is_null() || type.text() == "RollingUpdate") return;
    if (type.text() != other) {
      return say(type, fmt::format("type {} is neither RollingUpdate nor {}", type.scalar_text(), other));
    }
    if (!rolling().is_null()) say(rolling(), fmt::format("rollingUpdate does not go with type {}", other));
  }

  void check_amount(std::string_view name, bool is_capped) {
    const std::string what = amount_fault(rolling()[name], is_capped);
    if (!what.empty()) say(rolling()[name], what);
  }

  /// The number itself, or that of the percentage: what the API server compares with 0.
  bool is_zero(std::string_view name, std::string_view fallback) const {
    const Node field = rolling()[name];
    const auto value = field.is_null() ? manifest::IntOrString::parse(fallback) : manifest::int_or_string(field);
    if (!value) return false;
    const auto amount = manifest::scaled_value(*value, 100, false);
    return amount && *amount == 0;
  }

  void check_deadline() {
    const Node field = spec_["progressDeadlineSeconds"];
    const std::int64_t deadline = field.integer().value_or(600);
    const std::int64_t ready = spec_["minReadySeconds"].integer().value_or(0);
    if (deadline > ready) return;
    say(field ? field : spec_["minReadySeconds"],
        fmt::format("progressDeadlineSeconds {} must be greater than minReadySeconds {}", deadline, ready));
  }

  Context& context_;
  const Workload& workload_;
  Node spec_;
  Node strategy_;
};

void check(Context& context) {
  for (const Workload* workload : context.services()) {
    if (workload->object->group != "apps") continue;
    Checker checker(context, *workload);
    if (workload->kind() == "Deployment") checker.check_deployment();
    if (workload->kind() == "DaemonSet") checker.check_daemon_set();
    if (workload->kind() == "StatefulSet") checker.check_stateful_set();
  }
}

}  // namespace

extern const Rule rule{
    .name = "update-strategy-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .summary = "The API server refuses the update strategy of a workload",
    .remedy = "Let an update add or take away at least one pod, and leave rollingUpdate out of other types.",
    .documentation = R"(## What it does
Finds `maxSurge` and `maxUnavailable` that are both 0 (of a DaemonSet: both not 0), that are no number and no
percentage, negative or more than 100%; `rollingUpdate` beside the types `Recreate` and `OnDelete`; unknown types; a
negative `partition`; and a `progressDeadlineSeconds` that is not greater than `minReadySeconds`.

## Why
The release cannot be installed. A `rollingUpdate` that a chart's defaults leave behind is the usual case.

## Example
```yaml
# wrong
strategy:
  type: Recreate
  rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
```
```yaml
# right
strategy:
  type: RollingUpdate
  rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::update_strategy_invalid
