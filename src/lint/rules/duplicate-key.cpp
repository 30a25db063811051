#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::duplicate_key {
namespace {

void check(Context& context) {
  context.applies();
  for (const manifest::DuplicateKey& key : context.objects().duplicate_keys()) {
    context.report_output(key.file, key.begin, key.end,
                          fmt::format("the key {} stands twice in its map: the last one counts", key.key));
  }
}

}  // namespace

extern const Rule rule{
    .name = "duplicate-key",
    .category = Category::correctness,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .peers = "yamllint/key-duplicates",
    .summary = "A key stands twice in one map of the output",
    .remedy = "Keep one of them; where a default is to be overridden, merge the maps in the template.",
    .documentation = R"(## What it does
Finds keys that stand twice in a map of a rendered manifest, at the place that does not count.

## Why
Helm takes the last one without a word, other readers of YAML refuse the document, among them Helm's own
post-renderers and GitOps tools.

## Example
```yaml
# wrong
metadata:
  labels:
    app: web
    app: shop
```
```yaml
# right
metadata:
  labels:
    app: shop
```
)",
    .check = check,
};

}  // namespace rhumb::lint::duplicate_key
