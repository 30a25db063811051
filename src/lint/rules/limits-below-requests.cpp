#include <fmt/format.h>

#include <set>

#include "lint/context.h"
#include "lint/support/pod_resources.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::limits_below_requests {
namespace {

/// As helper.IsOvercommitAllowed: devices and huge pages cannot be shared.
bool may_differ(std::string_view resource) {
  const bool is_native = !strings::contains(resource, "/") || strings::contains(resource, "kubernetes.io/");
  return is_native && !resource.starts_with("hugepages-");
}

class Checker {
 public:
  Checker(Context& context, const Workload& workload)
      : context_(context), workload_(workload), defaults_(context.objects(), workload.namespace_()) {}

  void check() {
    for (const Container& container : workload_.containers) {
      compare(container.node["resources"], fmt::format("container {}", container.name), true);
    }
    compare(workload_.pod_spec["resources"], "the pod", false);
  }

 private:
  void compare(Node resources, const std::string& who, bool has_defaults) {
    for (const std::string_view side : {"requests", "limits"}) {
      if (!resources[side].is_map()) continue;
      for (const Node entry : resources[side]) {
        const auto amount = manifest::quantity(entry);
        if (amount && amount->is_negative()) {
          context_.report(workload_, entry, fmt::format("{} of {} is negative", entry.scalar_text(), entry.key()));
        }
      }
    }
    if (!resources["requests"].is_map()) return;
    for (const Node request : resources["requests"]) {
      const auto amount = manifest::quantity(request);
      if (!amount || amount->is_negative()) continue;
      compare_one(request, *amount, resources["limits"][request.key()], who, has_defaults);
    }
  }

  void compare_one(Node request, const manifest::Quantity& amount, Node limit, const std::string& who,
                   bool has_defaults) {
    const std::string_view resource = request.key();
    const auto own = manifest::quantity(limit);
    const auto most = own || !limit.is_null() || !has_defaults ? own : defaults_.find(Side::limits, resource);
    if (!may_differ(resource)) {
      if (limit.is_null()) {
        context_.report(workload_, request,
                        fmt::format("{} requests {} of {} without a limit: both must be the same", who,
                                    request.scalar_text(), resource));
      } else if (own && *own != amount) {
        context_.report(workload_, request,
                        fmt::format("{} requests {} of {}, its limit is {}: both must be the same", who,
                                    request.scalar_text(), resource, limit.scalar_text()));
      }
    } else if (most && amount > *most) {
      const std::string text =
          own ? std::string(limit.scalar_text())
              : format_amount(resource, amount_of(resource, *most)) + " by the LimitRange's default";
      context_.report(
          workload_, request,
          fmt::format("{} requests {} of {}, more than its limit of {}", who, request.scalar_text(), resource, text));
    }
  }

  Context& context_;
  const Workload& workload_;
  ContainerDefaults defaults_;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) Checker(context, *workload).check();
}

}  // namespace

extern const Rule rule{
    .name = "limits-below-requests",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REPO-TMS-K8S 1.7.3, LOOMWORKS: Resource limits enforcement",
    .summary = "A container asks for more than it may have",
    .remedy = "Raise the limit or lower the request.",
    .documentation = R"(## What it does
Compares requests with limits as Kubernetes does: 1000m is 1, 1Gi is more than 1G. A limit that only a LimitRange of the
namespace gives counts, too. Of devices and huge pages requests and limits must be the same. Negative amounts are found
as well.

## Why
The API server refuses such pods. Where they come from a Deployment nothing but an event says so, and no pod starts.

## Example
```yaml
# wrong
resources:
  requests: {memory: 2Gi}
  limits: {memory: 2G}
```
```yaml
# right
resources:
  requests: {memory: 2Gi}
  limits: {memory: 2Gi}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::limits_below_requests
