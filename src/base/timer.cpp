#include "rhumb/base/timer.h"

#include <fmt/format.h>

namespace rhumb {

void Timers::add(std::string_view name, std::chrono::nanoseconds time) {
  count(name, time);
  if (log_ == nullptr) return;
  const double ms = std::chrono::duration<double, std::milli>(time).count();
  log_->write(LogLevel::debug, "done", {{"stage", std::string(name)}, {"ms", fmt::format("{:.3f}", ms)}});
}

void Timers::count(std::string_view name, std::chrono::nanoseconds time) {
  const std::lock_guard lock(mutex_);
  for (Row& row : rows_) {
    if (row.name != name) continue;
    row.total += time;
    ++row.count;
    return;
  }
  rows_.push_back({name, time, 1});
}

std::vector<Timers::Row> Timers::rows() const {
  const std::lock_guard lock(mutex_);
  return rows_;
}

}  // namespace rhumb
