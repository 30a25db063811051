#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/api_use.h"
#include "rhumb/funcs/objects.h"

namespace rhumb::lint::removed_api {
namespace {

/// A chart asks the cluster what it serves, and takes the old API where the new one is not among it. rhumb knows the
/// APIs of Kubernetes itself, and those that the environment names.
bool is_known(const Context& context, std::string_view api_version) {
  const auto has = [&](const std::vector<std::string>& versions) {
    return std::find(versions.begin(), versions.end(), api_version) != versions.end();
  };
  return has(funcs::default_capabilities().api_versions) || has(context.environment().api_versions);
}

void check(Context& context) {
  for (const ApiUse& use : api_uses(context)) {
    const int removed = use.lifecycle->removed;
    if (removed == 0 || !context.kube_at_least(1, removed)) continue;
    const std::string_view replacement = use.lifecycle->replacement;
    if (context.run().chart != nullptr && !replacement.empty() && !is_known(context, replacement)) continue;
    context.report(*use.object, use.node, fmt::format("{} is not served since Kubernetes 1.{}", use.title(), removed))
        .hint(use.advice());
  }
}

}  // namespace

extern const Rule rule{
    .name = "removed-api",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .peers = "kube-linter/no-extensions-v1beta, kube-score/stable-version, pluto/removed",
    .summary = "An object is of an API that the cluster does not serve any more",
    .remedy = "Use the API that the hint names.",
    .documentation = R"(## What it does
Compares `apiVersion` and `kind` of every object, of the items of Lists and of what autoscalers target with the lifecycle
that Kubernetes 1.37 gives its APIs, for the Kubernetes version of the environment (the one that rhumb assumes where none
is given). Of a chart that may have asked for the new API, where the environment does not tell whether the cluster has
it, nothing is said: that is so for `apiregistration.k8s.io` alone, unless it is among the environment's API versions.

## Why
The API server answers "no matches for kind", and the whole release fails. Helm cannot even upgrade a release that was
installed with such an object before.

## Example
```yaml
# wrong
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
```
```yaml
# right
apiVersion: policy/v1
kind: PodDisruptionBudget
```
)",
    .check = check,
};

}  // namespace rhumb::lint::removed_api
