#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/images.h"

namespace rhumb::lint::image_not_pinned {
namespace {

constexpr Parameter parameters[] = {
    {"moving-tags", ParameterType::list, moving_tags, "tags that name another image from time to time"},
};

void check(Context& context) {
  for (const ImageUse& use : image_uses(context)) {
    if (!use.reference) continue;
    const std::string reason = moving_reason(*use.reference, context.list("moving-tags"));
    if (reason.empty()) continue;
    report_part(context, *use.workload->object, use.node, tag_part(use.text),
                fmt::format("the image {} {}", use.reference->name(), reason));
  }
}

}  // namespace

extern const Rule rule{
    .name = "image-not-pinned",
    .category = Category::delivery,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .peers = "kube-linter/latest-tag, kube-score/container-image-tag, polaris/tagNotSpecified",
    .summary = "An image has no tag, or one that moves",
    .remedy = "Name a version, a git commit or a digest.",
    .documentation = R"(## What it does
Finds images of containers and image volumes without tag and digest, with a tag of `moving-tags` (`latest`, `stable`,
`main` ...), with a bare major version (`postgres:16`, `v2`, `3-alpine`, `1.x`), and with any other tag that is neither a
version, a date, a git commit nor the number of a build. A whole number alone is a version or a build of some images: it
is reported only of those that are known to have versions of several parts (`postgres`, `redis`, `node`, `debian` ...).
References are read by the grammar of the image distribution: in `registry:5000/app` the colon makes no tag. A digest
pins whatever the tag says.

## Why
Two pods of one Deployment may run different programs, a rollback rolls back to nothing, and nobody can say what ran
last week.

## Example
```yaml
# wrong
image: 123456789012.dkr.ecr.ap-south-1.amazonaws.com/tms-core:latest
```
```yaml
# right
image: 123456789012.dkr.ecr.ap-south-1.amazonaws.com/tms-core:1.4.2
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::image_not_pinned
