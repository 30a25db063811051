#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/quota.h"

namespace rhumb::lint::namespace_rejects_pod {
namespace {

class Checker {
 public:
  Checker(Context& context, const Workload& workload)
      : context_(context), workload_(workload), defaults_(context.objects(), workload.namespace_()) {}

  void check() {
    for (const Object* quota : context_.objects().of_kind("ResourceQuota")) {
      if (quota->namespace_ == workload_.namespace_()) check_quota(*quota);
    }
    for (const Object* range : context_.objects().of_kind("LimitRange")) {
      if (range->namespace_ != workload_.namespace_() || !range->spec()["limits"].is_list()) continue;
      for (const Node item : range->spec()["limits"]) {
        if (item["type"].text() == "Container") check_range(item);
      }
    }
  }

 private:
  /// As Constraints of the quota's evaluator: what is limited must be stated by every container.
  void check_quota(const Object& quota) {
    const Node hard = quota.spec()["hard"];
    if (!hard.is_map() || !in_scope(quota, workload_, defaults_).value_or(false)) return;
    for (const Node entry : hard) {
      const auto key = pod_key(entry.key());
      if (!key || (key->resource != "cpu" && key->resource != "memory")) continue;
      if (pod_level(workload_, key->side, key->resource)) continue;
      for (const Container& container : workload_.containers) {
        if (container.kind == ContainerKind::ephemeral) continue;
        if (!effective(container, key->side, key->resource, defaults_)) report_unstated(quota, entry, *key, container);
      }
    }
  }

  void report_unstated(const Object& quota, Node entry, const PodKey& key, const Container& container) {
    const Node resources = container.node["resources"];
    const Node parent = resources[side_name(key.side)].is_map() ? resources[side_name(key.side)] : container.node;
    const std::string_view field = parent == container.node ? std::string_view("resources") : key.resource;
    context_
        .report_field(workload_, parent, field,
                      fmt::format("container {} states no {} of {}, which ResourceQuota/{} limits", container.name,
                                  side_name(key.side), key.resource, quota.name))
        .related(quota, entry, "limited here");
  }

  void check_range(Node item) {
    for (const Container& container : workload_.containers) {
      if (container.kind == ContainerKind::ephemeral) continue;
      for (const Side side : {Side::requests, Side::limits}) {
        const Node amounts = container.node["resources"][side_name(side)];
        if (!amounts.is_map()) continue;
        for (const Node entry : amounts) check_amount(container, item, entry);
      }
    }
  }

  void check_amount(const Container& container, Node item, Node entry) {
    const auto amount = manifest::quantity(entry);
    const auto least = manifest::quantity(item["min"][entry.key()]);
    const auto most = manifest::quantity(item["max"][entry.key()]);
    if (!amount) return;
    if (least && *amount < *least) {
      report_bound(container, entry, "less than the minimum", item["min"][entry.key()]);
    } else if (most && *amount > *most) {
      report_bound(container, entry, "more than the maximum", item["max"][entry.key()]);
    }
  }

  void report_bound(const Container& container, Node entry, std::string_view how, Node bound) {
    context_.report(workload_, entry,
                    fmt::format("{} {} of container {} is {} of {} for its namespace", entry.key(), entry.scalar_text(),
                                container.name, how, bound.scalar_text()));
  }

  Context& context_;
  const Workload& workload_;
  ContainerDefaults defaults_;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    if (!workload->object->is_hook()) Checker(context, *workload).check();
  }
}

}  // namespace

extern const Rule rule{
    .name = "namespace-rejects-pod",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: Namespace resource limits, LOOMWORKS: LimitRange defaults",
    .summary = "The quota or the limit range of the release refuses its own pods",
    .remedy = "State the resources that the quota limits, within the bounds of the LimitRange.",
    .documentation = R"(## What it does
Compares pods with the ResourceQuotas and LimitRanges of the same release and namespace: where a quota limits requests or
limits of cpu or memory every container must state them, itself or by the defaults of a LimitRange; and what it states
must lie within the LimitRange's bounds.

## Why
Admission refuses such pods, and a Deployment says nothing about it but an event of its ReplicaSet.

## Example
```yaml
# wrong
kind: ResourceQuota
spec:
  hard: {limits.cpu: "20"}
---
kind: Deployment
spec:
  template: {spec: {containers: [{name: app, resources: {limits: {memory: 1Gi}}}]}}
```
```yaml
# right
kind: Deployment
spec:
  template: {spec: {containers: [{name: app, resources: {limits: {cpu: "1", memory: 1Gi}}}]}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::namespace_rejects_pod
