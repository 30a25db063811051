#include <fmt/format.h>
#include <algorithm>

#include "lint/context.h"
#include "lint/support/near_name.h"

namespace rhumb::lint::service_account_unknown {
namespace {

bool is_used(const Context& context, const Object& account) {
  const auto& all = context.workloads().all();
  return std::any_of(all.begin(), all.end(),
                     [&](const Workload& each) { return context.workloads().service_account(each) == &account; });
}

const Object* near_account(const Context& context, const Workload& workload, std::string_view name) {
  constexpr std::size_t shortest = 5;  // of names in which two letters do not make another word
  constexpr std::size_t most_edits = 2;
  for (const Object* account : context.objects().of_kind("ServiceAccount")) {
    if (!account->group.empty() || account->namespace_ != workload.namespace_() || name.size() < shortest) continue;
    if (edit_distance(name, account->name) <= most_edits && !is_used(context, *account)) return account;
  }
  return nullptr;
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    const std::string_view name = Workloads::service_account_name(*workload);
    if (name == "default" || context.workloads().service_account(*workload) != nullptr) continue;
    const Object* const near = near_account(context, *workload, name);
    if (near == nullptr && !context.closed_world()) continue;
    const std::string_view field =
        workload->pod_spec["serviceAccountName"].scalar_text().empty() ? "serviceAccount" : "serviceAccountName";
    DraftRef draft =
        context.report(*workload, workload->pod_spec[field],
                       near == nullptr ? fmt::format("there is no ServiceAccount {}", name)
                                       : fmt::format("there is no ServiceAccount {}, but {}", name, near->name));
    if (near != nullptr) draft.related(*near, near->metadata()["name"], "this one is meant, it seems");
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-account-unknown",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .peers = "kube-linter/non-existent-service-account",
    .summary = "Pods run as a ServiceAccount that does not exist",
    .remedy = "Take the name of the account that the chart makes.",
    .documentation = R"(## What it does
Finds pods whose ServiceAccount is not in the release, where that must be a slip: in a closed world, or where the
release makes an account in the same namespace whose name differs in one or two letters and that no pods run as.

## Why
Without its account no pod is made: the Deployment stands there with 0 pods, and the reason is in an event only.

## Example
```yaml
# wrong
kind: ServiceAccount
metadata:
  name: importer
---
kind: Pod
spec:
  serviceAccountName: imports
```
```yaml
# right
kind: Pod
spec:
  serviceAccountName: importer
```
)",
    .check = check,
};

}  // namespace rhumb::lint::service_account_unknown
