// Scoped timers behind --stats and --verbose. A stage starts one; without a Timers object it costs a branch.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/log.h"

namespace rhumb {

class Timers {
 public:
  struct Row {
    std::string_view name;
    std::chrono::nanoseconds total{0};
    unsigned count = 0;
  };

  /// With a log (thread-safe), every stage that ends is told there as well.
  explicit Timers(Log* log = nullptr) : log_(log) {}

  /// The name must be a literal. Thread-safe.
  void add(std::string_view name, std::chrono::nanoseconds time);
  /// In the order of the first use.
  std::vector<Row> rows() const;

 private:
  void count(std::string_view name, std::chrono::nanoseconds time);

  Log* log_;
  mutable std::mutex mutex_;
  std::vector<Row> rows_;
};

class ScopedTimer {
 public:
  ScopedTimer(Timers* timers, std::string_view name) : timers_(timers), name_(name) {
    if (timers_ != nullptr) start_ = std::chrono::steady_clock::now();
  }
  ~ScopedTimer() {
    if (timers_ != nullptr) timers_->add(name_, std::chrono::steady_clock::now() - start_);
  }
  ScopedTimer(const ScopedTimer&) = delete;
  ScopedTimer& operator=(const ScopedTimer&) = delete;

 private:
  Timers* timers_;
  std::string_view name_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace rhumb
