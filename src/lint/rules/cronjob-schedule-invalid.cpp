#include <algorithm>

#include "lint/context.h"
#include "lint/support/recognize.h"
#include "lint/support/schedule_faults.h"

namespace rhumb::lint::cronjob_schedule_invalid {
namespace {

void check(Context& context) {
  const std::vector<Backup> found = backups(context.workloads());
  for (const Workload* workload : context.all_workloads()) {
    if (workload->kind() != "CronJob") continue;
    // Those are backup-schedule-invalid's.
    if (std::any_of(found.begin(), found.end(), [&](const Backup& each) { return each.workload == workload; }))
      continue;
    if (const auto fault = schedule_fault(*workload)) {
      context.report_field(*workload, workload->object->spec(), fault->key, fault->message);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "cronjob-schedule-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A CronJob has a schedule that cannot be read or never fires",
    .remedy = "Write five fields or a macro, and the zone into `timeZone`.",
    .documentation = R"(## What it does
Reads the schedule as the CronJob controller does: five fields with names, ranges and steps, or a macro such as @daily. It
finds what cannot be read (the seventh weekday, six fields, `L`), a zone in front of the schedule, dates that do not exist
(31 February), and time zones that the IANA database does not have.

CronJobs that are backups belong to `backup-schedule-invalid`.

## Why
The API server refuses the object; or it takes it, and nothing ever runs.

## Example
```yaml
# wrong
schedule: "0 2 * * 7"
timeZone: Europe/Munich
```
```yaml
# right
schedule: "0 2 * * 0"
timeZone: Europe/Berlin
```
)",
    .check = check,
};

}  // namespace rhumb::lint::cronjob_schedule_invalid
