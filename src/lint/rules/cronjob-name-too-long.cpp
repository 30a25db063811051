#include <fmt/format.h>

#include "lint/context.h"

namespace rhumb::lint::cronjob_name_too_long {
namespace {

/// As validateCronJob: eleven characters of the time are added, and the name of a Job has 63 at the most.
constexpr std::size_t most = 52;

void check(Context& context) {
  for (const Object* object : context.of_kind("CronJob")) {
    if (object->group != "batch" || object->name.size() <= most) continue;
    context.report(
        *object, object->metadata()["name"],
        fmt::format("the name has {} characters, {} are allowed since Jobs add eleven", object->name.size(), most));
  }
}

}  // namespace

extern const Rule rule{
    .name = "cronjob-name-too-long",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: Daily backup execution",
    .summary = "The name of a CronJob leaves no room for those of its Jobs",
    .remedy = "Shorten the name to 52 characters: `trunc 52`, not `trunc 63`.",
    .documentation = R"(## What it does
Measures the names of CronJobs as they are with the release's name.

## Why
The API server refuses names of more than 52 characters. Helpers that cut names at 63 are too generous, and it only shows
with a long release name.

## Example
```yaml
# wrong
kind: CronJob
metadata: {name: my-application-in-production-postgresql-backup-to-bucket}
```
```yaml
# right
kind: CronJob
metadata: {name: my-application-postgresql-backup}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::cronjob_name_too_long
