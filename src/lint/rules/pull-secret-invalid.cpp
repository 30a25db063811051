#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lint/context.h"

namespace rhumb::lint::pull_secret_invalid {
namespace {

constexpr std::string_view types[] = {"kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"};

void check_secrets(Context& context, const Object& object, Node list) {
  std::map<std::string_view, Node> seen;
  for (const Node entry : list) {
    if (!entry.is_map() || entry["name"].scalar_text().empty()) {
      context.report_field(object, entry, "name",
                           "the entry of imagePullSecrets names no Secret: it takes {name: ...}");
      continue;
    }
    const Node name = entry["name"];
    const auto [first, is_new] = seen.try_emplace(name.scalar_text(), name);
    if (!is_new) {
      context.report(object, name, fmt::format("the pull secret {} stands twice", name.scalar_text()))
          .related(object, first->second, "the first one");
    }
    const Object* const secret = context.objects().find("", "Secret", object.namespace_, name.scalar_text());
    if (secret == nullptr) continue;
    const std::string_view type = secret->root["type"].text();
    if (std::find(std::begin(types), std::end(types), type) != std::end(types)) continue;
    context
        .report(object, name,
                fmt::format("Secret/{} is of the type {}, and no pull secret", secret->name,
                            type.empty() ? "Opaque" : type))
        .related(*secret, secret->root["type"] ? secret->root["type"] : secret->root["kind"], "the Secret");
  }
}

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    check_secrets(context, *workload->object, workload->pod_spec["imagePullSecrets"]);
  }
  for (const Object* account : context.objects().of_kind("ServiceAccount")) {
    check_secrets(context, *account, account->root["imagePullSecrets"]);
  }
}

}  // namespace

extern const Rule rule{
    .name = "pull-secret-invalid",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "An entry of imagePullSecrets names nothing, or no pull secret",
    .remedy = "Write a list of {name: ...}, each a Secret of the type kubernetes.io/dockerconfigjson.",
    .documentation = R"(## What it does
Looks at the `imagePullSecrets` of pods and ServiceAccounts: each entry has a name, no name stands twice, and a Secret of
the release that is named has a type for registries.

## Why
Images of private registries cannot be pulled, and only the events of the pod tell why. Charts that pass on a list of
plain names make entries without a name.

## Example
```yaml
# wrong
imagePullSecrets: [registry]
```
```yaml
# right
imagePullSecrets: [{name: registry}]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::pull_secret_invalid
