#include "rhumb/base/timer.h"

namespace rhumb {

void Timers::add(std::string_view name, std::chrono::nanoseconds time) {
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
