#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/images.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::image_registry_frozen {
namespace {

constexpr Parameter parameters[] = {
    {"registries", ParameterType::list,
     "k8s.gcr.io, gcr.io/google-containers, gcr.io/google_containers, gcr.io/kubernetes-helm, docker.pkg.github.com, "
     "quay.io/kubernetes-ingress-controller",
     "registries, with the beginning of a path or without, that get no new images"},
};

std::string_view successor(std::string_view registry) {
  if (registry == "k8s.gcr.io" || registry.starts_with("gcr.io/google")) return "registry.k8s.io";
  if (registry == "docker.pkg.github.com") return "ghcr.io";
  if (registry.starts_with("quay.io/kubernetes-ingress")) return "registry.k8s.io/ingress-nginx";
  return {};
}

void check(Context& context) {
  const std::vector<std::string>& registries = context.list("registries");
  for (const ImageUse& use : image_uses(context)) {
    if (!use.reference) continue;
    const std::string name = use.reference->name() + "/";
    const auto found = std::find_if(registries.begin(), registries.end(),
                                    [&](const std::string& registry) { return name.starts_with(registry + "/"); });
    if (found == registries.end()) continue;
    const std::string_view next = successor(*found);
    DraftRef draft = report_part(context, *use.workload->object, use.node, name_part(use.text),
                                 fmt::format("the registry {} gets no new images", *found));
    if (!next.empty()) draft.adds(fmt::format("its successor is {}", next));
  }
}

}  // namespace

extern const Rule rule{
    .name = "image-registry-frozen",
    .category = Category::delivery,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .summary = "An image comes from a registry that is closed or frozen",
    .remedy = "Take the image from the successor of the registry.",
    .documentation = R"(## What it does
Finds images of registries that get no new images any more, above all k8s.gcr.io, which has been frozen since April
2023. `registries` lists them.

## Why
There are no fixes any more, and one day the images are gone.

## Example
```yaml
# wrong
image: k8s.gcr.io/pause:3.9
```
```yaml
# right
image: registry.k8s.io/pause:3.9
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::image_registry_frozen
