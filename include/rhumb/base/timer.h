// Scoped timers behind --stats. A stage starts one; without a Timers object it costs a branch.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb {

class Timers {
 public:
  struct Row {
    std::string_view name;
    std::chrono::nanoseconds total{0};
    unsigned count = 0;
  };

  /// The name must be a literal. Thread-safe.
  void add(std::string_view name, std::chrono::nanoseconds time);
  /// In the order of the first use.
  std::vector<Row> rows() const;

 private:
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
