#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::quota_key_invalid {
namespace {

/// As standardQuotaResources.
constexpr std::array<std::string_view, 18> standard{"cpu",
                                                    "memory",
                                                    "ephemeral-storage",
                                                    "requests.cpu",
                                                    "requests.memory",
                                                    "requests.storage",
                                                    "requests.ephemeral-storage",
                                                    "limits.cpu",
                                                    "limits.memory",
                                                    "limits.ephemeral-storage",
                                                    "pods",
                                                    "resourcequotas",
                                                    "services",
                                                    "replicationcontrollers",
                                                    "secrets",
                                                    "configmaps",
                                                    "persistentvolumeclaims",
                                                    "services.nodeports"};

struct Counted {
  std::string_view resource;
  std::string_view group;
};
/// What people count, and where it lives.
constexpr std::array counted{
    Counted{"deployments", "apps"},
    Counted{"replicasets", "apps"},
    Counted{"statefulsets", "apps"},
    Counted{"daemonsets", "apps"},
    Counted{"jobs", "batch"},
    Counted{"cronjobs", "batch"},
    Counted{"ingresses", "networking.k8s.io"},
    Counted{"networkpolicies", "networking.k8s.io"},
    Counted{"horizontalpodautoscalers", "autoscaling"},
    Counted{"poddisruptionbudgets", "policy"},
};

bool is_standard(std::string_view key) {
  return key == "services.loadbalancers" || key.starts_with("hugepages-") || key.starts_with("requests.hugepages-") ||
         std::find(standard.begin(), standard.end(), key) != standard.end();
}

/// What is wrong with a key of `hard`; empty for nothing.
std::string fault(std::string_view key) {
  const auto faults = manifest::label_key_faults(key);
  if (!faults.empty()) return fmt::format("{} is no name of a resource: {}", key, faults.front());
  if (!strings::contains(key, "/")) {
    return is_standard(key) ? std::string() : fmt::format("a quota knows no resource {}", key);
  }
  if (key.starts_with("count/")) {
    const std::string_view resource = key.substr(6);
    const auto* const known =
        std::find_if(counted.begin(), counted.end(), [&](const Counted& each) { return each.resource == resource; });
    if (known == counted.end()) return {};
    return fmt::format("{} counts nothing: it is {}.{}", key, key, known->group);
  }
  // Of devices only requests can be limited.
  if (key.starts_with("limits.")) return fmt::format("{} limits nothing: devices are limited by requests.*", key);
  if (!key.starts_with("requests.") && !strings::contains(key, ".storageclass.storage.k8s.io/") &&
      !strings::contains(key, "kubernetes.io/") && !strings::contains(key, ".k8s.io/")) {
    return fmt::format("{} limits nothing: devices are limited by requests.{}", key, key);
  }
  return {};
}

void check(Context& context) {
  for (const Object* object : context.of_kind("ResourceQuota")) {
    const Node hard = object->spec()["hard"];
    if (!hard.is_map()) continue;
    for (const Node entry : hard) {
      const auto amount = manifest::quantity(entry);
      if (const std::string text = fault(entry.key()); !text.empty()) {
        context.report(*object, entry, text);
      } else if (amount && amount->is_negative()) {
        context.report(*object, entry, fmt::format("{} of {} is negative", entry.scalar_text(), entry.key()));
      }
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "quota-key-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: Namespace resource limits",
    .summary = "A ResourceQuota limits something that does not exist",
    .remedy = "Use the names of Kubernetes: requests.cpu, limits.memory, pods, count/deployments.apps.",
    .documentation = R"(## What it does
Checks the keys of `hard` as the API server does, and finds those that it takes but that never count anything:
`count/deployments` without the group, limits of devices.

## Why
A quota with an unknown key is refused; one that counts nothing lets everything through.

## Example
```yaml
# wrong
kind: ResourceQuota
spec:
  hard:
    request.cpu: "10"
    count/deployments: "5"
```
```yaml
# right
kind: ResourceQuota
spec:
  hard:
    requests.cpu: "10"
    count/deployments.apps: "5"
```
)",
    .check = check,
};

}  // namespace rhumb::lint::quota_key_invalid
