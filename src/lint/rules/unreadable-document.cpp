#include <charconv>

#include "lint/context.h"

namespace rhumb::lint::unreadable_document {
namespace {

/// "yaml: line 6: ...", as go-yaml counts: lines of the document. 1 where none is named.
std::size_t line_in(std::string_view message) {
  constexpr std::string_view begin = "yaml: line ";
  std::size_t line = 1;
  if (message.starts_with(begin)) std::from_chars(message.data() + begin.size(), message.data() + message.size(), line);
  return line;
}

/// Where that line begins, or the last one that there is.
std::size_t offset_of(std::string_view text, std::size_t begin, std::size_t line) {
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos || end + 1 >= text.size()) break;
    begin = end + 1;
  }
  return begin;
}

void check(Context& context) {
  context.applies();
  for (const manifest::Unreadable& document : context.objects().unreadable()) {
    const std::string_view text = context.run().files()[document.file].text.text;
    const std::size_t at = offset_of(text, document.offset, line_in(document.message));
    context.report_output(document.file, at, at + 1,
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
