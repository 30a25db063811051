#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/pod_resources.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::resources_missing {
namespace {

constexpr std::string_view policies[] = {"auto", "require", "ignore", "forbid"};
constexpr Parameter parameters[] = {
    {"cpu-limit", ParameterType::text, "auto",
     "what to think of limits for cpu; auto requires them where the environment names a profile, else ignores them",
     policies},
};

struct Wanted {
  Side side;
  std::string_view resource;
};

class Checker {
 public:
  explicit Checker(Context& context) : context_(context), cpu_limit_(context.text("cpu-limit")) {
    if (cpu_limit_ == "auto") cpu_limit_ = context.environment().profile.empty() ? "ignore" : "require";
    if (cpu_limit_ == "require") wanted_.push_back({Side::limits, "cpu"});
  }

  void check(const Workload& workload) {
    const ContainerDefaults defaults(context_.objects(), workload.namespace_());
    for (const Container& container : workload.containers) {
      if (container.kind == ContainerKind::ephemeral) continue;
      std::vector<Wanted> missing;
      for (const Wanted& wanted : wanted_) {
        if (!has(workload, container, wanted, defaults)) missing.push_back(wanted);
      }
      if (!missing.empty()) report(workload, container, missing);
      const Node limit = container.node["resources"]["limits"]["cpu"];
      if (cpu_limit_ == "forbid" && !limit.is_null()) {
        context_.report(workload, limit, fmt::format("container {} has a cpu limit", container.name));
      }
    }
  }

 private:
  bool has(const Workload& workload, const Container& container, const Wanted& wanted,
           const ContainerDefaults& defaults) const {
    const Node resources = container.node["resources"];
    if (!resources[side_name(wanted.side)][wanted.resource].is_null()) return true;
    // A request that is not set is the limit.
    if (wanted.side == Side::requests && !resources["limits"][wanted.resource].is_null()) return true;
    if (context_.kube_at_least(1, 34) && pod_level(workload, wanted.side, wanted.resource)) return true;
    return defaults.find(wanted.side, wanted.resource).has_value();
  }

  void report(const Workload& workload, const Container& container, const std::vector<Wanted>& missing) {
    std::vector<std::string> names;
    for (const Wanted& each : missing) {
      names.push_back(fmt::format("{} {}", each.resource, each.side == Side::requests ? "request" : "limit"));
    }
    const std::string message = fmt::format("container {} has no {}", container.name, strings::join(names, ", no "));
    const Node resources = container.node["resources"];
    const std::string_view side = side_name(missing.front().side);
    if (missing.size() == 1 && resources[side].is_map()) {
      context_.report_missing(workload, resources[side], missing.front().resource, message);
    } else {
      context_.report_field(workload, container.node, "resources", message);
    }
  }

  Context& context_;
  std::string cpu_limit_;
  std::vector<Wanted> wanted_{{Side::requests, "cpu"}, {Side::requests, "memory"}, {Side::limits, "memory"}};
};

void check(Context& context) {
  Checker checker(context);
  for (const Workload* workload : context.all_workloads()) {
    if (workload->object->role != manifest::Role::test) checker.check(*workload);
  }
}

}  // namespace

extern const Rule rule{
    .name = "resources-missing",
    .category = Category::resources,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REPO-TMS-K8S 1.7.3, LOOMWORKS: Resource limits enforcement",
    .peers =
        "kube-linter/unset-cpu-requirements, kube-linter/unset-memory-requirements, kube-score/container-resources, "
        "polaris/cpuRequestsMissing, polaris/cpuLimitsMissing, polaris/memoryRequestsMissing, "
        "polaris/memoryLimitsMissing",
    .summary = "A container asks for no CPU or memory, or may take all of it",
    .remedy = "Set requests for cpu and memory and a limit for memory, and what `cpu-limit` says of cpu.",
    .documentation = R"(## What it does
Finds containers without a request for cpu, a request for memory or a limit for memory. Init containers and side-cars
count, and so do Jobs and hooks; the pods of `helm test` do not. A request that is not set is the limit; the defaults of
a LimitRange in the same namespace and, from Kubernetes 1.34 on, `resources` of the whole pod count as well.

A limit for cpu is a matter of policy: `cpu-limit` may `require` it, `ignore` it or `forbid` it. With `auto` it is
required where the environment names a profile, whose specification asks for limits of all containers.

## Why
The scheduler places pods by their requests: without them a node is filled until everything on it is slow. Without a
limit for memory one leak takes the neighbours down.

## Example
```yaml
# wrong
containers:
  - name: app
    resources: {}
```
```yaml
# right
containers:
  - name: app
    resources:
      requests: {cpu: 250m, memory: 256Mi}
      limits: {memory: 512Mi}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::resources_missing
