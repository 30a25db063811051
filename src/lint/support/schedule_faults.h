// What is wrong with the time table of a CronJob.
#pragma once

#include <optional>
#include <string>

#include "lint/context.h"
#include "lint/support/cron.h"

namespace rhumb::lint {

struct ScheduleFault {
  Node node;  // none: the key is missing
  std::string_view key;
  std::string message;
};

/// What the API server refuses, or what never fires; the first fault counts.
std::optional<ScheduleFault> schedule_fault(const Workload& cron_job);

}  // namespace rhumb::lint
