#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/images.h"

namespace rhumb::lint::image_pull_policy_stale {
namespace {

constexpr Parameter parameters[] = {
    {"moving-tags", ParameterType::list, moving_tags, "tags that name another image from time to time"},
};

/// As SetDefaults_Container: Always for latest, else IfNotPresent.
std::string_view policy_of(const ImageUse& use) {
  const std::string_view given = use.container->node["imagePullPolicy"].text();
  if (!given.empty()) return given;
  return use.reference->digest.empty() && use.reference->tag == "latest" ? "Always" : "IfNotPresent";
}

void check(Context& context) {
  for (const ImageUse& use : image_uses(context)) {
    if (!use.reference || use.container == nullptr) continue;
    const std::string_view policy = policy_of(use);
    if (policy != "IfNotPresent" && policy != "Never") continue;
    if (moving_reason(*use.reference, context.list("moving-tags")).empty()) continue;
    context.report_field(
        *use.workload, use.container->node, "imagePullPolicy",
        fmt::format("the tag {} may move, and nodes that have the image keep the old one: the pull policy "
                    "is {}{}",
                    use.reference->tag, policy, use.container->node["imagePullPolicy"].is_null() ? " by default" : ""));
  }
}

}  // namespace

extern const Rule rule{
    .name = "image-pull-policy-stale",
    .category = Category::delivery,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .peers = "kube-score/container-image-pull-policy, polaris/pullPolicyNotAlways",
    .summary = "A tag that moves is not pulled anew",
    .remedy = "Pin the image to a version or a digest; where that cannot be, set imagePullPolicy to Always.",
    .documentation = R"(## What it does
Finds containers whose image has a tag that moves (see `image-not-pinned`) with the pull policy IfNotPresent or Never,
the default included. For versions and digests the policy does not matter, and nothing is said.

## Why
Each node runs the image that the tag named when it first pulled it. The pods of one Deployment then differ.

## Example
```yaml
# wrong
image: app:main
imagePullPolicy: IfNotPresent
```
```yaml
# right
image: app:1.4.2
imagePullPolicy: IfNotPresent
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::image_pull_policy_stale
