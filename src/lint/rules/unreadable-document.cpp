#include "lint/context.h"

namespace rhumb::lint::unreadable_document {
namespace {

void check(Context& context) {
  context.applies();
  for (const manifest::Unreadable& document : context.objects().unreadable()) {
    context.report_output(document.file, document.offset, document.offset + 1,
                          "this is no object that Kubernetes could read: " + document.message);
  }
}

}  // namespace

extern const Rule rule{
    .name = "unreadable-document",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A rendered document is not YAML, or not an object with apiVersion and kind",
    .remedy = "Render the template and look at the place that the message names: mostly the indentation is off.",
    .documentation = R"(## What it does
Reports every document of the output that cannot be read: broken YAML, a text or list in place of an object, a missing
`apiVersion` or `kind`. The other documents are still checked.

## Why
`helm install` refuses the whole release. Other linters leave such documents out without a word, and everything that
they would have said about them.

## Example
```yaml
# wrong
kind: Service
metadata:
  name: odoo
```
```yaml
# right
apiVersion: v1
kind: Service
metadata:
  name: odoo
```
)",
    .check = check,
};

}  // namespace rhumb::lint::unreadable_document
