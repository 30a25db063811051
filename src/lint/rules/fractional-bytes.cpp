#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::fractional_bytes {
namespace {

bool is_bytes(std::string_view resource) {
  const std::string_view plain = resource.substr(resource.rfind('.') + 1);  // of "requests.memory"
  return plain == "memory" || plain == "ephemeral-storage" || plain == "storage";
}

class Check {
 public:
  Check(Context& context, const Object& object) : context_(context), object_(object) {}

  void resources(Node resources) const {
    for (const std::string_view list : {"requests", "limits"}) amounts(resources[list]);
  }

  void amounts(Node map) const {
    if (!map.is_map()) return;
    for (const Node entry : map) {
      if (is_bytes(entry.key())) amount(entry, entry.key());
    }
  }

  void amount(Node node, std::string_view what) const {
    const auto quantity = manifest::quantity(node);
    if (!quantity || quantity->is_whole()) return;
    const std::string_view text = node.scalar_text();
    const bool is_milli = text.ends_with('m');
    context_.report(object_, node, fmt::format("{} of {} is less than whole bytes", what, text))
        .hint(is_milli ? fmt::format("m is a thousandth; did you mean {}Mi?", text.substr(0, text.size() - 1)) : "");
  }

 private:
  Context& context_;
  const Object& object_;
};

void check_pods(Context& context, const Workload& workload) {
  const Check look(context, *workload.object);
  const Node spec = workload.pod_spec;
  for (const Container& container : workload.containers) look.resources(container.node["resources"]);
  look.resources(spec["resources"]);
  look.amounts(spec["overhead"]);
  for (const Node volume : spec["volumes"]) {
    look.amount(volume["emptyDir"]["sizeLimit"], "sizeLimit");
    look.resources(volume.at({"ephemeral", "volumeClaimTemplate", "spec", "resources"}));
  }
  for (const Node claim : workload.object->spec()["volumeClaimTemplates"]) look.resources(claim["spec"]["resources"]);
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) check_pods(context, *workload);
  for (const Object* claim : context.of_kind("PersistentVolumeClaim")) {
    Check(context, *claim).resources(claim->spec()["resources"]);
  }
  for (const Object* quota : context.of_kind("ResourceQuota")) Check(context, *quota).amounts(quota->spec()["hard"]);
  for (const Object* range : context.of_kind("LimitRange")) {
    for (const Node limit : range->spec()["limits"]) {
      for (const std::string_view key : {"default", "defaultRequest", "max", "min"}) {
        Check(context, *range).amounts(limit[key]);
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "fractional-bytes",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REPO-TMS-K8S 1.7.3, LOOMWORKS: Resource limits enforcement",
    .summary = "An amount of memory or storage is a fraction of a byte",
    .remedy = "Write Mi or Gi; m is a thousandth.",
    .documentation = R"(## What it does
Finds requests and limits of memory, ephemeral storage and storage, size limits, overheads, quotas and the amounts of limit
ranges that are no whole number of bytes. Most of them are CPU's `m` in the wrong place. The API server only warns.

## Why
A limit of `512m` is half a byte: the container is killed before it starts. Half a byte as request is no request.

## Example
```yaml
# wrong
resources: {limits: {memory: 512m}}
```
```yaml
# right
resources: {limits: {memory: 512Mi}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::fractional_bytes
