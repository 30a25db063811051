#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/support/autoscaling.h"

namespace rhumb::lint::autoscaler_target_missing {
namespace {

constexpr std::array<std::string_view, 4> scalable{"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"};
constexpr std::array<std::string_view, 4> unscalable{"DaemonSet", "Job", "CronJob", "Pod"};

template <typename List>
bool contains(const List& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// An object of the release that was probably meant: of the same name in another place, kind or group.
const Object* lookalike(Context& context, const Object& autoscaler, const manifest::ScaleTarget& target) {
  const Object* found = nullptr;
  for (const Workload& workload : context.workloads().all()) {
    const Object& object = *workload.object;
    if (object.name != target.name || contains(unscalable, object.kind)) continue;
    const bool is_near = object.kind == target.kind || object.namespace_ == autoscaler.namespace_;
    if (is_near && (found == nullptr || object.kind == target.kind)) found = &object;
  }
  return found;
}

std::string difference(const Object& object, const Object& autoscaler, const manifest::ScaleTarget& target) {
  if (object.kind != target.kind) return fmt::format("of that name there is {}", title_of(object));
  if (object.group != target.group) return fmt::format("its apiVersion is {}", object.api_version);
  return fmt::format("it is in namespace {}, the autoscaler in {}", object.namespace_, autoscaler.namespace_);
}

/// One name goes on where the other ends, or they differ in one letter.
bool resembles(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < 3) return false;
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin());
  if (left == a.end() || b.ends_with(a)) return true;
  const std::string_view rest = a.substr(static_cast<std::size_t>(left - a.begin()));
  const std::string_view other = b.substr(static_cast<std::size_t>(right - b.begin()));
  return other.substr(1) == rest.substr(1) || other.substr(1) == rest;
}

/// It should be in this release: its name, or that of the autoscaler, says so.
bool belongs_here(Context& context, const Object& autoscaler, const manifest::ScaleTarget& target) {
  if (context.closed_world()) return true;
  if (!contains(scalable, target.kind)) return false;
  const std::string& release = context.environment().release;
  if (target.name == autoscaler.name || (!release.empty() && target.name.starts_with(release))) return true;
  const auto& workloads = context.workloads().all();
  return std::any_of(workloads.begin(), workloads.end(), [&](const Workload& workload) {
    if (!workload.is_scalable() || workload.namespace_() != autoscaler.namespace_) return false;
    return workload.object->name == autoscaler.name || resembles(workload.object->name, target.name);
  });
}

void check_target(Context& context, const Object& autoscaler) {
  const manifest::ScaleTarget target = manifest::scale_target(autoscaler);
  const std::string who = title_of(autoscaler);
  if (target.name.empty()) {
    context.report_field(autoscaler, target.node ? target.node : autoscaler.spec(),
                         target.node ? "name" : "scaleTargetRef", who + " names nothing to scale");
    return;
  }
  const std::string what = fmt::format("{}/{}", target.kind, target.name);
  if (contains(unscalable, target.kind) && target.group.find('.') == std::string_view::npos) {
    context.report(autoscaler, target.node["kind"], fmt::format("{} scales {}, which has no replicas", who, what));
    return;
  }
  if (context.objects().find(target.group, target.kind, autoscaler.namespace_, target.name) != nullptr) return;
  if (const Object* other = lookalike(context, autoscaler, target)) {
    const std::string_view field = other->kind != target.kind     ? "kind"
                                   : other->group != target.group ? "apiVersion"
                                                                  : "name";
    context
        .report_field(
            autoscaler, target.node, field,
            fmt::format("{} scales {}, which is not there: {}", who, what, difference(*other, autoscaler, target)))
        .related(*other, other->metadata()["name"], title_of(*other));
    return;
  }
  if (!belongs_here(context, autoscaler, target)) return;
  context.report(autoscaler, target.node["name"], fmt::format("{} scales {}, which is not there", who, what));
}

void check(Context& context) {
  for (const Object* autoscaler : autoscalers(context)) check_target(context, *autoscaler);
}

}  // namespace

extern const Rule rule{
    .name = "autoscaler-target-missing",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-502, LOOMWORKS: Scale up on high CPU",
    .peers = "kube-linter/dangling-horizontalpodautoscaler, kube-score/horizontalpodautoscaler-has-target",
    .summary = "What an autoscaler should scale does not exist",
    .remedy = "Correct apiVersion, kind and name of scaleTargetRef; the target is looked for in the same namespace.",
    .documentation = R"(## What it does
Looks for what HorizontalPodAutoscalers and ScaledObjects target by group, kind, name and namespace. A target that is
not in the release is a fault where an object of the same name has another kind, group or namespace, where its name is
like that of a workload, of the release or of the autoscaler, where a workload has the autoscaler's own name, or where
the world is closed; anything else may live outside. DaemonSets, Jobs and Pods cannot be scaled.

## Why
Such an autoscaler reports an error in its status and never scales anything.

## Example
```yaml
# wrong: there is a StatefulSet of that name
scaleTargetRef:
  apiVersion: apps/v1
  kind: Deployment
  name: odoo
```
```yaml
# right
scaleTargetRef:
  apiVersion: apps/v1
  kind: StatefulSet
  name: odoo
```
)",
    .check = check,
};

}  // namespace rhumb::lint::autoscaler_target_missing
