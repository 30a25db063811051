#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/recognize.h"
#include "lint/support/schedule_faults.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::backup_schedule_invalid {
namespace {

constexpr Parameter parameters[] = {
    {"most-hours", ParameterType::integer, "0", "hours that may pass between two backups; 0 for any number"},
    {"schedule", ParameterType::text, "", "the schedule that is agreed on; empty for any"},
    {"time-zone", ParameterType::text, "", "the zone of that schedule; empty for any"},
};

/// The same fields, however they are spaced.
bool same_schedule(std::string_view a, std::string_view b) { return strings::fields(a) == strings::fields(b); }

bool same_zone(std::string_view a, std::string_view b) {
  const auto is_utc = [](std::string_view zone) { return zone == "UTC" || zone == "Etc/UTC" || zone == "Etc/UCT"; };
  return a == b || (is_utc(a) && is_utc(b));
}

class Checker {
 public:
  Checker(Context& context, const Workload& workload)
      : context_(context), workload_(workload), spec_(workload.object->spec()) {}

  void check() {
    if (const auto fault = schedule_fault(workload_)) return say(fault->key, fault->message);
    if (spec_["suspend"].is_true()) say("suspend", workload_.title() + " is suspended: no backup is made");
    check_pause();
    check_agreed();
  }

 private:
  void check_pause() {
    const std::int64_t most = context_.integer("most-hours");
    const auto pause = CronSchedule::parse(spec_["schedule"].scalar_text())->longest_pause();
    if (most <= 0 || !pause || *pause <= most * 3600) return;
    say("schedule", fmt::format("{} h may pass between two backups, {} are allowed", *pause / 3600, most));
  }

  void check_agreed() {
    const std::string& schedule = context_.text("schedule");
    if (!schedule.empty() && !same_schedule(schedule, spec_["schedule"].scalar_text())) {
      say("schedule",
          fmt::format("the backup is made at {}, {} is agreed on", spec_["schedule"].scalar_text(), schedule));
    }
    const std::string& zone = context_.text("time-zone");
    if (zone.empty() || same_zone(zone, spec_["timeZone"].scalar_text())) return;
    const std::string_view own = spec_["timeZone"].scalar_text();
    say("timeZone", fmt::format("the backup follows {}, {} is agreed on",
                                own.empty() ? std::string_view("the controller's own clock") : own, zone));
  }

  void say(std::string_view key, std::string message) {
    context_.report_field(workload_, spec_, key, std::move(message)).key(std::string(key));
  }

  Context& context_;
  const Workload& workload_;
  Node spec_;
};

void check(Context& context) {
  for (const Backup& backup : backups(context.workloads())) {
    context.applies();
    Checker(context, *backup.workload).check();
  }
}

}  // namespace

extern const Rule rule{
    .name = "backup-schedule-invalid",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "LOOMWORKS: Daily backup execution",
    .summary = "A backup is never made, or not when it should be",
    .remedy =
        "Write a schedule that fires, in five fields or as a macro, with the zone in `timeZone`; do not suspend it.",
    .documentation = R"(## What it does
Reads the schedules of CronJobs that are backups (by the program they run, or by name) as the CronJob controller does. It
finds schedules that cannot be read, dates that do not exist, unknown zones, and backups that are suspended. `most-hours`
bounds the time between two backups; `schedule` and `time-zone` are what is agreed on.

## Why
A backup that never ran looks like one that ran, until it is needed.

## Example
```yaml
# wrong
schedule: "0 2 31 2 *"
```
```yaml
# right
schedule: "0 2 * * *"
timeZone: Etc/UTC
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::backup_schedule_invalid
