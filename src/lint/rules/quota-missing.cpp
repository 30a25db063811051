#include <fmt/format.h>

#include <algorithm>

#include "lint/support/missing.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::quota_missing {
namespace {

constexpr Parameter parameters[] = {
    {"required", ParameterType::list, "requests.cpu, requests.memory, limits.cpu, limits.memory, requests.storage",
     "what the quota must limit"},
};

/// A quota with scopes leaves the other pods alone.
std::vector<const Object*> quotas(const Context& context, std::string_view namespace_) {
  std::vector<const Object*> found = objects_in(context, "ResourceQuota", namespace_);
  std::erase_if(found, [](const Object* quota) {
    return !quota->spec()["scopes"].empty() || !quota->spec()["scopeSelector"].empty();
  });
  return found;
}

bool limits(const Object& quota, std::string_view key) {
  const Node hard = quota.spec()["hard"];
  if (!hard[key].is_null()) return true;
  // "cpu" is the old name of "requests.cpu".
  return key.starts_with("requests.") && key != "requests.storage" && !hard[key.substr(9)].is_null();
}

void check_namespace(Context& context, const PodNamespace& space) {
  const auto found = quotas(context, space.name);
  if (found.empty()) {
    report_namespace(context, space, fmt::format("no ResourceQuota limits namespace {}", space.name));
    return;
  }
  std::vector<std::string> missing = context.list("required");
  std::erase_if(missing, [&](const std::string& key) {
    return std::any_of(found.begin(), found.end(), [&](const Object* quota) { return limits(*quota, key); });
  });
  if (missing.empty()) return;
  const Object& first = *found.front();
  context.report_field(
      first, first.spec(), "hard",
      fmt::format("the quota of namespace {} does not limit {}", space.name, strings::join(missing, ", ")));
}

void check(Context& context) {
  for (const PodNamespace& space : pod_namespaces(context)) check_namespace(context, space);
}

}  // namespace

extern const Rule rule{
    .name = "quota-missing",
    .category = Category::resources,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_none,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: Namespace resource limits",
    .summary = "Nothing limits what a namespace may take",
    .remedy = "Add a ResourceQuota that limits requests and limits of cpu and memory, and storage.",
    .documentation = R"(## What it does
Looks for a ResourceQuota without scopes in every namespace that the release puts pods into, and in it for the resources
that `required` names. `cpu` and `memory` are other names of `requests.cpu` and `requests.memory`.

A namespace may have its quota from elsewhere, so only the profile `loomworks` switches this on.

## Why
One namespace that grows without bound takes the cluster from all others.

## Example
```yaml
# wrong: memory and storage have no bound
kind: ResourceQuota
spec:
  hard: {requests.cpu: "10", limits.cpu: "20"}
```
```yaml
# right
kind: ResourceQuota
spec:
  hard:
    requests.cpu: "10"
    requests.memory: 20Gi
    limits.cpu: "20"
    limits.memory: 40Gi
    requests.storage: 500Gi
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::quota_missing
