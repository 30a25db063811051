#include <fmt/format.h>

#include <algorithm>

#include "lint/support/spreading.h"

namespace rhumb::lint::spread_constraint_invalid {
namespace {

class Checker {
 public:
  Checker(Context& context, const Workload& workload, Node constraint)
      : context_(context), workload_(workload), constraint_(constraint) {}

  void check_fields() {
    check_numbers();
    if (constraint_["topologyKey"].scalar_text().empty()) say("topologyKey", "has no topologyKey");
    const std::string_view action = constraint_["whenUnsatisfiable"].text();
    if (action != "DoNotSchedule" && action != "ScheduleAnyway") {
      say("whenUnsatisfiable", "must say whenUnsatisfiable: DoNotSchedule or ScheduleAnyway");
    }
  }

  void check_selector() {
    const Node selector = constraint_["labelSelector"];
    if (selector.is_null()) {
      const bool has_keys = !constraint_["matchLabelKeys"].empty();
      return say("labelSelector", has_keys ? "has matchLabelKeys, which need a labelSelector beside them"
                                           : "has no labelSelector, so it counts no pods");
    }
    const manifest::LabelSelector read = manifest::read_selector(selector);
    const auto made = manifest::Selector::from(&read);
    if (!made) return say("labelSelector", "has a labelSelector that cannot be read: " + made.error().message);
    if (!made->matches(workload_.labels)) {
      say("labelSelector", fmt::format("does not count the pods themselves: they do not have {}", made->to_string()));
    }
    check_keys(read);
  }

  /// The API server wants each pair of key and action once.
  void check_repetition(Node others) {
    for (const Node other : others) {
      if (other.node() >= constraint_.node()) break;
      if (other["topologyKey"].scalar_text() == constraint_["topologyKey"].scalar_text() &&
          other["whenUnsatisfiable"].text() == constraint_["whenUnsatisfiable"].text()) {
        return say("topologyKey", "repeats the topologyKey and whenUnsatisfiable of an earlier one");
      }
    }
  }

 private:
  void say(std::string_view field, std::string_view what) {
    context_.report_field(workload_, constraint_, field,
                          fmt::format("a topology spread constraint of {} {}", workload_.title(), what));
  }

  void check_numbers() {
    const Node skew = constraint_["maxSkew"];
    if (skew.is_null() || skew.integer().value_or(1) < 1) say("maxSkew", "needs a maxSkew of 1 or more");
    const Node domains = constraint_["minDomains"];
    if (domains.is_null()) return;
    if (domains.integer().value_or(1) < 1) return say("minDomains", "needs minDomains of 1 or more");
    if (constraint_["whenUnsatisfiable"].text() == "ScheduleAnyway") {
      say("minDomains", "has minDomains, which go with DoNotSchedule only");
    }
  }

  void check_keys(const manifest::LabelSelector& selector) {
    for (const std::string& key : constraint_["matchLabelKeys"].texts()) {
      const bool twice = selector.match_labels.count(key) != 0 ||
                         std::any_of(selector.match_expressions.begin(), selector.match_expressions.end(),
                                     [&](const auto& expression) { return expression.key == key; });
      if (twice) say("matchLabelKeys", fmt::format("has {} in matchLabelKeys and in its labelSelector", key));
    }
  }

  Context& context_;
  const Workload& workload_;
  Node constraint_;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const Node constraints = workload->pod_spec["topologySpreadConstraints"];
    if (!constraints.is_list()) continue;
    for (const Node constraint : constraints) {
      if (!constraint.is_map()) continue;
      Checker checker(context, *workload, constraint);
      checker.check_fields();
      checker.check_selector();
      checker.check_repetition(constraints);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "spread-constraint-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502",
    .peers = "kube-score/pod-topology-spread-constraints",
    .summary = "A topology spread constraint is refused by the API server, or does not count its own pods",
    .remedy = "Give the constraint maxSkew, topologyKey, whenUnsatisfiable and a selector of the pods' own labels.",
    .documentation = R"(## What it does
Finds constraints that the API server refuses (`maxSkew` or `minDomains` below 1, no `topologyKey`, another
`whenUnsatisfiable` than the two, `minDomains` with `ScheduleAnyway`, the same key and action twice, a label both in
`matchLabelKeys` and in the selector) and those that do nothing for the pods: no `labelSelector`, or one that does not
select the pods' own labels.

## Why
A constraint whose selector misses its own pods counts others, or none: every node looks equally good, and the pods may
end up on one.

## Example
```yaml
# wrong: the pods have the label app: odoo
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: DoNotSchedule
    labelSelector: {matchLabels: {app: oddo}}
```
```yaml
# right
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: DoNotSchedule
    labelSelector: {matchLabels: {app: odoo}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::spread_constraint_invalid
