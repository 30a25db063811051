#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "lint/remedy.h"
#include "lint/support/left_out.h"
#include "lint/support/network.h"
#include "lint/support/trials.h"

namespace rhumb::lint::network_policy_missing {
namespace {

constexpr std::string_view choices[] = {"auto", "require", "ignore"};
constexpr Parameter parameters[] = {
    {"default-deny", ParameterType::text, "auto", "whether a namespace needs a default deny", choices},
};

constexpr Direction directions[] = {Direction::ingress, Direction::egress};

void add_name(std::string& names, Direction direction) {
  names.append(names.empty() ? "" : " and ").append(name_of(direction));
}

/// Rules that open pods to everybody, with those pods.
class OpenRules {
 public:
  void add(const Object& policy, Node rule, Direction direction, const Workload& workload) {
    const auto known = std::find_if(all_.begin(), all_.end(), [&](const OpenRule& each) { return each.rule == rule; });
    if (known == all_.end()) {
      all_.push_back({&policy, rule, direction, workload.title()});
    } else {
      known->names += ", " + workload.title();
    }
  }

  void report(Context& context, Trials& trials) {
    find_switches(context.run(), trials);
    for (const OpenRule& open : all_) {
      const std::string message =
          fmt::format("the rule opens {} to everybody: {}", name_of(open.direction), open.names);
      const std::string_view peers = open.direction == Direction::ingress ? "from" : "to";
      // The values may have left out whom a rule with other keys is for.
      if (open.rule.is_map() && !open.rule.empty() && !open.rule[peers]) {
        context.report_missing(*open.policy, open.rule, peers, message);
      } else {
        report_rule(context, open, message);
      }
    }
  }

 private:
  struct OpenRule {
    const Object* policy;
    Node rule;
    Direction direction;
    std::string names;
    std::optional<render::Slot> decider = {};
  };

  /// The values that open the rules, as far as the other value closes them: a chart may not render with it.
  void find_switches(const Run& run, Trials& trials) {
    std::vector<render::Slot> slots;
    for (OpenRule& open : all_) {
      open.decider = switch_around(run, *open.policy, open.rule);
      if (open.decider) slots.push_back(*open.decider);
    }
    const Run* const together = trials.with(slots);
    for (OpenRule& open : all_) {
      if (!open.decider || (together != nullptr && is_closed(*together, open))) continue;
      const Run* const alone = trials.with(*open.decider);
      if (alone == nullptr || !is_closed(*alone, open)) open.decider.reset();
    }
  }

  static bool is_closed(const Run& trial, const OpenRule& open) {
    const Object* const policy = counterpart(trial, *open.policy);
    return policy != nullptr && !rule_for_everything(*policy, open.direction);
  }

  static void report_rule(Context& context, const OpenRule& open, const std::string& message) {
    DraftRef draft = context.report(*open.policy, open.rule, message);
    if (!open.decider) {
      draft.hint("name in this rule whom it is for: policies add up, another one takes nothing away");
      return;
    }
    const std::string_view then = open.direction == Direction::ingress ? "see that those who need it are let through"
                                                                       : "see that they still reach what they need";
    draft.hint(fmt::format("{}; {}", setting_for(*open.decider, context.run().rendering->sources()), then))
        .slot(*open.decider);
  }

  std::vector<OpenRule> all_;
};

/// What is looked at beside the release itself.
struct Remedies {
  explicit Remedies(const Run& run) : left_out(run, "NetworkPolicy"), trials(run) {}

  SwitchedOff left_out;
  Trials trials;
};

void report_unrestricted(Context& context, const Workload& workload, const std::vector<Direction>& open,
                         Remedies& remedies) {
  // In the same words whatever is open: in another environment one direction may be restricted, and the fault is one.
  DraftRef draft =
      context.report(workload, workload.object->root["kind"], "the pods have traffic that no NetworkPolicy restricts");
  auto policy = remedies.left_out.find(workload);
  const Run* const trial = policy ? remedies.trials.with(policy->slot) : nullptr;
  const Workload* const then = trial == nullptr ? nullptr : counterpart(*trial, workload);
  std::string names;
  std::string closed;
  for (const Direction direction : open) {
    add_name(names, direction);
    if (then != nullptr && !isolating_policies(*trial->workloads, *then, direction).empty()) {
      add_name(closed, direction);
    }
  }
  std::string help =
      fmt::format("select the pods with a NetworkPolicy for {} that allows what they need, over a default deny", names);
  if (closed.empty()) {
    draft.hint(std::move(help));
    return;
  }
  const std::string setting = setting_for(policy->slot, context.run().rendering->sources());
  if (closed == names) {
    draft.hint(setting + "; see that what they need is let through").slot(std::move(policy->slot));
  } else {
    draft.hint(fmt::format("{}; the chart has one for {}: {}", help, closed, setting));
  }
}

void check_workload(Context& context, const Workload& workload, OpenRules& open, Remedies& remedies) {
  std::vector<Direction> unrestricted;
  for (const Direction direction : directions) {
    const std::vector<const Object*> policies = isolating_policies(context.workloads(), workload, direction);
    if (policies.empty()) unrestricted.push_back(direction);
    for (const Object* policy : policies) {
      const Node rule = rule_for_everything(*policy, direction);
      if (rule) open.add(*policy, rule, direction, workload);
    }
  }
  if (!unrestricted.empty()) report_unrestricted(context, workload, unrestricted, remedies);
}

bool needs_default_deny(const Context& context, std::string_view namespace_) {
  const std::string& wanted = context.text("default-deny");
  if (wanted != "auto") return wanted == "require";
  return !context.environment().profile.empty() || context.objects().find("", "Namespace", "", namespace_) != nullptr;
}

/// Where a default deny would be: the policy over all pods that leaves a direction out, the Namespace, any policy.
void report_namespace(Context& context, std::string_view namespace_, const std::vector<const Object*>& policies,
                      const std::string& open) {
  const std::string message = fmt::format(
      "the namespace {} has no default deny for {}: pods that no other policy selects are open", namespace_, open);
  const auto all =
      std::find_if(policies.begin(), policies.end(), [](const Object* each) { return selects_all(*each); });
  if (all != policies.end()) {
    context.report_field(**all, (*all)->spec(), "policyTypes", message);
  } else if (const Object* const own = context.objects().find("", "Namespace", "", namespace_)) {
    context.report(*own, own->root["kind"], message);
  } else {
    context.report(*policies.front(), policies.front()->root["kind"], message);
  }
}

void check_namespace(Context& context, std::string_view namespace_) {
  std::vector<const Object*> policies = context.objects().of_kind("NetworkPolicy");
  std::erase_if(policies,
                [&](const Object* policy) { return !is_network_policy(*policy) || policy->namespace_ != namespace_; });
  // Without any policy the pods tell.
  if (policies.empty() || !needs_default_deny(context, namespace_)) return;
  std::string open;
  for (const Direction direction : directions) {
    const bool denied = std::any_of(policies.begin(), policies.end(), [&](const Object* policy) {
      return selects_all(*policy) && isolates(*policy, direction) && !rule_for_everything(*policy, direction);
    });
    if (!denied) add_name(open, direction);
  }
  if (!open.empty()) report_namespace(context, namespace_, policies, open);
}

void check(Context& context) {
  std::set<std::string_view> namespaces;
  OpenRules open;
  Remedies remedies(context.run());
  for (const Workload* workload : context.all_workloads()) {
    if (workload->object->is_hook() || workload->pod_spec["hostNetwork"].is_true()) continue;
    if (has_other_policies(context.objects(), workload->namespace_())) continue;
    check_workload(context, *workload, open, remedies);
    namespaces.insert(workload->namespace_());
  }
  open.report(context, remedies.trials);
  for (const std::string_view namespace_ : namespaces) check_namespace(context, namespace_);
}

}  // namespace

extern const Rule rule{
    .name = "network-policy-missing",
    .category = Category::security,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "TMS security (1.7.4), LOOMWORKS: Odoo to PostgreSQL access, LOOMWORKS: Ingress to Odoo access",
    .peers = "kube-linter/non-isolated-pod, kube-score/pod-networkpolicy, polaris/missingNetworkPolicy",
    .summary = "Pods may talk to everybody, or be talked to",
    .remedy =
        "Select the pods with a NetworkPolicy for both directions that allows what they need, over a default deny.",
    .documentation = R"(## What it does
Looks at ingress and egress of every pod (hooks, tests and pods in the network of their node left out): a NetworkPolicy
of the release must isolate it, and none may open it to everybody again; what is allowed is the union of all of them.

`default-deny` asks for a policy over all pods of the namespace, too, in both directions: `require`, `ignore`, or `auto`,
which requires it where the namespace is the release's own: the release renders it, or a profile is given.

Where a switch of the values such as `networkPolicy.allowExternalEgress` opens a rule, or one such as
`networkPolicy.enabled` leaves out the policy that would be enough, the finding stands there.

Policies of Cilium, Calico, Antrea or an administrator are not read; where the release has some the rule is silent.

## Why
Without policies every pod of the cluster reaches every port of every other, and an intruder the whole world.

## Example
```yaml
# wrong
kind: NetworkPolicy
spec:
  podSelector: {}
  policyTypes: [Ingress]
```
```yaml
# right
kind: NetworkPolicy
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::network_policy_missing
