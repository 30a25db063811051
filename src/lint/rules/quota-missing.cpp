#include <fmt/format.h>

#include <set>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::quota_missing {
namespace {

constexpr Parameter parameters[] = {
    {"required", ParameterType::list, "requests.cpu, requests.memory, limits.cpu, limits.memory, requests.storage",
     "what the quota must limit"},
};

/// A quota with scopes leaves the other pods alone.
std::vector<const Object*> quotas(const Context& context, std::string_view namespace_) {
  std::vector<const Object*> found = context.objects().of_kind("ResourceQuota");
  std::erase_if(found, [&](const Object* object) {
    return object->namespace_ != namespace_ || !object->spec()["scopes"].empty() ||
           !object->spec()["scopeSelector"].empty();
  });
  return found;
}

bool limits(const Object& quota, std::string_view key) {
  const Node hard = quota.spec()["hard"];
  if (!hard[key].is_null()) return true;
  // "cpu" is the old name of "requests.cpu".
  return key.starts_with("requests.") && key != "requests.storage" && !hard[key.substr(9)].is_null();
}

void check_namespace(Context& context, const Object& stand_in) {
  const auto found = quotas(context, stand_in.namespace_);
  if (found.empty()) {
    const Object* const space = context.objects().find("", "Namespace", "", stand_in.namespace_);
    const Object& where = space == nullptr ? stand_in : *space;
    context.report(where, where.metadata()["name"],
                   fmt::format("no ResourceQuota limits namespace {}", stand_in.namespace_));
    return;
  }
  std::vector<std::string> missing;
  for (const std::string& key : context.list("required")) {
    bool given = false;
    for (const Object* quota : found) given = given || limits(*quota, key);
    if (!given) missing.push_back(key);
  }
  if (missing.empty()) return;
  const Object& first = *found.front();
  context.report_field(
      first, first.spec(), "hard",
      fmt::format("the quota of namespace {} does not limit {}", stand_in.namespace_, strings::join(missing, ", ")));
}

void check(Context& context) {
  std::set<std::string_view> seen;
  for (const Workload* workload : context.services()) {
    if (seen.insert(workload->namespace_()).second) check_namespace(context, *workload->object);
  }
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
