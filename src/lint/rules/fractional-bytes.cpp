#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::fractional_bytes {
namespace {

class Check {
 public:
  Check(Context& context, const Object& object) : context_(context), object_(object) {}

  void resources(Node resources) const {
    for (const std::string_view list : {"requests", "limits"}) {
      for (const std::string_view name : {"memory", "ephemeral-storage", "storage"})
        amount(resources[list][name], name);
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

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const Check look(context, *workload->object);
    const Node spec = workload->pod_spec;
    for (const Container& container : workload->containers) look.resources(container.node["resources"]);
    look.resources(spec["resources"]);
    for (const std::string_view name : {"memory", "ephemeral-storage"}) look.amount(spec["overhead"][name], name);
    for (const Node volume : spec["volumes"]) look.amount(volume["emptyDir"]["sizeLimit"], "sizeLimit");
    for (const Node claim : workload->object->spec()["volumeClaimTemplates"]) {
      look.resources(claim["spec"]["resources"]);
    }
  }
  for (const Object* claim : context.of_kind("PersistentVolumeClaim")) {
    Check(context, *claim).resources(claim->spec()["resources"]);
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
    .summary = "An amount of memory or storage is a fraction of a byte",
    .remedy = "Write Mi or Gi; m is a thousandth.",
    .documentation = R"(## What it does
Finds requests and limits of memory, ephemeral storage and storage, size limits and overheads that are no whole number of
bytes. Most of them are CPU's `m` in the wrong place. The API server only warns.

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
