#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/images.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::image_not_from_registry {
namespace {

constexpr Parameter parameters[] = {
    {"registries", ParameterType::list, "",
     "allowed hosts, with the beginning of a path or without; empty for every private registry of Amazon ECR"},
    {"accounts", ParameterType::list, "", "AWS accounts whose registries are allowed; empty for all"},
};

/// Up to the border of a segment: "ghcr.io/team" allows ghcr.io/team/app, not ghcr.io/teammates/app.
bool is_below(const std::string& name, const std::string& prefix) {
  const std::string_view front = strings::trim_suffix(prefix, "/");
  return name.starts_with(front) && (name.size() == front.size() || name[front.size()] == '/');
}

bool is_allowed(const Context& context, const manifest::ImageReference& image) {
  const std::vector<std::string>& registries = context.list("registries");
  const std::string name = image.name();
  if (!registries.empty()) {
    return std::any_of(registries.begin(), registries.end(),
                       [&](const std::string& registry) { return is_below(name, registry); });
  }
  const auto ecr = read_ecr_registry(image.domain);
  return ecr && (context.list("accounts").empty() || context.lists("accounts", ecr->account));
}

std::string wanted(const Context& context) {
  const std::vector<std::string>& registries = context.list("registries");
  if (!registries.empty()) return strings::join(registries, ", ");
  const std::vector<std::string>& accounts = context.list("accounts");
  return fmt::format("{}.dkr.ecr.<region>.amazonaws.com",
                     accounts.empty() ? "<account>" : strings::join(accounts, "|"));
}

void check(Context& context) {
  for (const ImageUse& use : image_uses(context)) {
    if (!use.reference || is_allowed(context, *use.reference)) continue;
    report_part(context, *use.workload->object, use.node, name_part(use.text),
                fmt::format("the image {} comes from {}, not from {}", use.reference->name(),
                            use.reference->domain.empty() ? "no registry" : use.reference->domain, wanted(context)));
  }
}

}  // namespace

extern const Rule rule{
    .name = "image-not-from-registry",
    .category = Category::delivery,
    .severity = Severity::error,
    .since = "0.2",
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .summary = "An image comes from a registry that is not allowed",
    .remedy = "Copy the image into the registry of the environment and name it there.",
    .documentation = R"(## What it does
Reads the image of every container (init containers, side-cars, Jobs, hooks too) as a node would, and compares its
registry with those that are allowed: `registries`, or without them every private registry of Amazon ECR
(`<account>.dkr.ecr.<region>.amazonaws.com`, its FIPS, dual-stack and Chinese forms). A name without a registry is one
of docker.io.

## Why
What production runs must be there when a public registry is not: rate limits, deleted images, somebody else's account.
The own registry also scans what it holds.

## Example
```yaml
# wrong: docker.io/library/nginx
image: nginx:1.27.3
```
```yaml
# right
image: 123456789012.dkr.ecr.ap-south-1.amazonaws.com/nginx:1.27.3
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::image_not_from_registry
