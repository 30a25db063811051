#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/images.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::image_reference_invalid {
namespace {

/// What went wrong in the template, where that shows.
std::string_view likely_cause(std::string_view text) {
  if (strings::contains(text, "<nil>") || strings::contains(text, "<no value>") || strings::contains(text, "%!")) {
    return "a value is missing";
  }
  if (text.ends_with(':')) return "the tag is empty";
  if (text.ends_with('@')) return "the digest is empty";
  if (text.starts_with('/') || text.starts_with(':')) return "the repository is empty";
  if (strings::contains(text, "::")) return "there are two colons";
  if (strings::contains(text, "://")) return "a scheme does not belong there";
  if (strings::contains(text, "//")) return "there are two slashes";
  if (strings::trim_space(text) != text || strings::contains(text, " ")) return "there are blanks in it";
  return "";
}

void check(Context& context) {
  for (const ImageUse& use : image_uses(context)) {
    if (use.reference) continue;
    const std::string_view cause = likely_cause(use.text);
    context.report(*use.workload, use.node,
                   fmt::format("\"{}\" names no image: {}{}", use.text, use.error,
                               cause.empty() ? std::string() : fmt::format(" ({})", cause)));
  }
}

}  // namespace

extern const Rule rule{
    .name = "image-reference-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .summary = "An image cannot be read",
    .remedy = "Look at the value behind it: mostly the tag or the repository is empty.",
    .documentation = R"(## What it does
Reads the image of every container by the grammar of the image distribution and reports what it refuses: an empty tag
(`app:`), `<nil>` of a missing value, two colons, capitals in the repository, a digest of the wrong length, a scheme.

## Why
The API server takes almost any text. The pod then hangs in InvalidImageName.

## Example
```yaml
# wrong: image.tag is not set
image: "ghcr.io/team/app:"
```
```yaml
# right
image: "ghcr.io/team/app:1.4.2"
```
)",
    .check = check,
};

}  // namespace rhumb::lint::image_reference_invalid
