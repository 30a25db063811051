#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/api_use.h"

namespace rhumb::lint::deprecated_api {
namespace {

void check(Context& context) {
  for (const ApiUse& use : api_uses(context)) {
    const auto [deprecated, removed] = std::pair(use.lifecycle->deprecated, use.lifecycle->removed);
    if (!context.kube_at_least(1, deprecated) || (removed != 0 && context.kube_at_least(1, removed))) continue;
    const std::string end = removed == 0 ? "" : fmt::format(", and gone with 1.{}", removed);
    context
        .report(*use.object, use.node,
                fmt::format("{} is deprecated since Kubernetes 1.{}{}", use.title(), deprecated, end))
        .hint(use.advice());
  }
}

}  // namespace

extern const Rule rule{
    .name = "deprecated-api",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .peers = "kube-score/stable-version, pluto/deprecated",
    .summary = "An object is of an API that will go away",
    .remedy = "Use the API that the hint names, as soon as the oldest cluster has it.",
    .documentation = R"(## What it does
As `removed-api`, for APIs that the Kubernetes version of the environment still serves, with a warning.

## Why
The next upgrade of the cluster makes an error of it.

## Example
```yaml
# wrong, on Kubernetes 1.24
apiVersion: batch/v1beta1
kind: CronJob
```
```yaml
# right
apiVersion: batch/v1
kind: CronJob
```
)",
    .check = check,
};

}  // namespace rhumb::lint::deprecated_api
