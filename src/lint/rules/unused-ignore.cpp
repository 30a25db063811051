#include "rhumb/lint/rule.h"

namespace rhumb::lint::unused_ignore {

// The engine reports it when it knows what silenced what.
extern const Rule rule{
    .name = "unused-ignore",
    .category = Category::chart,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "Something that should silence findings silences none",
    .remedy = "Remove it, or correct the name of the rule.",
    .documentation = R"(## What it does
Reports comments `# rhumb: ignore[rule] reason` and entries of `ignores` in rhumb.yaml that silence nothing, that name
no rule, that give no reason or whose date has passed.

## Why
What was ignored for a reason and is gone should not hide the next fault in the same place.

## Example
```yaml
# wrong: there are two replicas by now
# rhumb: ignore[too-few-replicas] one is enough until the launch
replicaCount: 2
```
```yaml
# right
replicaCount: 2
```
)",
};

}  // namespace rhumb::lint::unused_ignore
