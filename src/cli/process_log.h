// Log lines onto what a command writes to standard error.
#pragma once

#include "rhumb/base/log.h"

namespace rhumb::cli {

class ProcessLog final : public Log {
 public:
  ProcessLog(std::string& err, bool debug) : err_(err), debug_(debug) {}
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes = {}) override {
    if (level != LogLevel::debug || debug_) err_ += format_log_line(level, message, attributes);
  }

 private:
  std::string& err_;
  bool debug_;
};

}  // namespace rhumb::cli
