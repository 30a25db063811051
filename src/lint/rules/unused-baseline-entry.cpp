#include "rhumb/lint/rule.h"

namespace rhumb::lint::unused_baseline_entry {

// The engine reports it when it compares the findings with the baseline.
extern const Rule rule{
    .name = "unused-baseline-entry",
    .category = Category::chart,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The baseline holds a finding that is gone",
    .remedy = "Write the baseline anew with --update-baseline.",
    .documentation = R"(## What it does
Reports entries of the baseline file that no finding of the linted charts matches any more.

## Why
A fault that was repaired must not come back unseen, so a baseline may only shrink.

## Example
```json
{"fingerprint": "of a finding that was repaired", "rule": "too-few-replicas"}
```
)",
};

}  // namespace rhumb::lint::unused_baseline_entry
