#include "lint/support/schedule_faults.h"

#include <fmt/format.h>

#include "lint/support/time_zones.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// As validateTimeZone, and what time.LoadLocation knows.
std::string zone_fault(std::string_view zone) {
  if (zone.empty()) return "the time zone is empty";
  if (strings::equal_fold(zone, "Local")) return "the time zone may not be the controller's own (Local)";
  if (is_time_zone(zone)) return {};
  const std::string_view near = time_zone_like(zone);
  const std::string text = fmt::format("there is no time zone {}", zone);
  return near.empty() ? text : fmt::format("{}, it is {}", text, near);
}

}  // namespace

std::optional<ScheduleFault> schedule_fault(const Workload& cron_job) {
  const Node spec = cron_job.object->spec();
  const Node node = spec["schedule"];
  if (node.is_null()) return ScheduleFault{{}, "schedule", cron_job.title() + " has no schedule"};
  const auto schedule = CronSchedule::parse(node.scalar_text());
  if (!schedule) {
    return ScheduleFault{
        node, "schedule",
        fmt::format("the schedule of {} cannot be read: {}", cron_job.title(), schedule.error().message)};
  }
  // As validateCronJobSpec.
  if (strings::contains(node.scalar_text(), "TZ")) {
    return ScheduleFault{node, "schedule", "a zone may not stand in the schedule; it belongs to timeZone"};
  }
  if (!schedule->longest_pause()) {
    return ScheduleFault{
        node, "schedule",
        fmt::format("the schedule of {} never fires: no date is {}", cron_job.title(), node.scalar_text())};
  }
  const Node zone = spec["timeZone"];
  if (zone.is_null()) return {};
  const std::string fault = zone_fault(zone.scalar_text());
  return fault.empty() ? std::nullopt : std::optional(ScheduleFault{zone, "timeZone", fault});
}

}  // namespace rhumb::lint
