#include "lint/context.h"

namespace rhumb::lint::render_failed {
namespace {

void check(Context& context) {
  context.applies();
  const auto& failure = context.run().failure;
  if (!failure) return;
  DraftRef draft = context.report_span(failure->span, failure->message);
  for (const Frame& frame : failure->frames) {
    if (frame.span.known() && !(frame.span == failure->span)) draft.related(frame.span, "in " + frame.what);
  }
  if (!failure->hint.empty()) draft.hint(failure->hint);
}

}  // namespace

extern const Rule rule{
    .name = "render-failed",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The chart does not render in an environment",
    .remedy = "Read the message: it is the one that helm template ends with.",
    .documentation = R"(## What it does
Reports a chart that cannot be loaded or rendered with the values of an environment: a template that fails, a `required`
value that is missing, values that do not satisfy `values.schema.json`, a dependency that is not there.

## Why
`helm install` would end with the same error. Nothing else can be said about an environment that does not render, so
all other rules are silent about it.

## Example
```yaml
# wrong: the template says {{ required "a host is needed" .Values.host }}
host: ""
```
```yaml
# right
host: tms.example.com
```
)",
    .check = check,
};

}  // namespace rhumb::lint::render_failed
