#include <algorithm>

#include "lint/context.h"

namespace rhumb::lint::non_deterministic_output {
namespace {

void check(Context& context) {
  const Run& run = context.run();
  if (run.rendering == nullptr) return;
  context.applies();
  if (run.random_file.empty()) return;
  const auto& files = run.files();
  const auto file =
      std::find_if(files.begin(), files.end(), [&](const auto& each) { return each.name == run.random_file; });
  if (file == files.end()) return;
  context.report_output(static_cast<std::size_t>(file - files.begin()), run.random_offset, run.random_offset + 1,
                        "this comes out differently with every rendering. If a lookup is to keep the first value: "
                        "without a cluster, as GitOps tools render, it finds nothing");
}

}  // namespace

extern const Rule rule{
    .name = "non-deterministic-output",
    .category = Category::values,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Two renderings with the same values differ",
    .remedy = "Take the value from the values or from an existing Secret; use a checksum to restart pods on a change.",
    .documentation = R"(## What it does
Renders a chart that asks for random bytes or for the time twice, the second time as of a later day, and reports the
first place of the output that differs: `randAlphaNum`, `genCA`, `uuidv4`, `now`.

## Why
Every upgrade changes the object: a new password that the database does not know, a restart of pods for nothing. Where
the chart uses `lookup` to find the value of the last installation, that works with `helm upgrade` alone; `helm
template`, `kubectl apply -k` and GitOps controllers render without a cluster. If that is never done, say so in an
ignore comment at the place.

## Example
```yaml
# wrong
stringData:
  password: {{ randAlphaNum 20 }}
```
```yaml
# right
stringData:
  password: {{ required "set password" .Values.password }}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::non_deterministic_output
