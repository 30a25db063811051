// Log lines onto what a command writes to standard error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/log.h"

namespace rhumb::cli {

/// A message as Helm 3.22.0 writes it: behind the place in Helm's source that Go's logger puts before it, a warning of
/// the command itself behind "WARNING: ". With the final newline.
std::string helm3_log_line(LogLevel level, std::string_view message, const std::vector<LogAttribute>& attributes = {});

class ProcessLog final : public Log {
 public:
  enum class Form : unsigned char { helm4, helm3 };

  ProcessLog(std::string& err, bool debug, Form form = Form::helm4) : err_(err), debug_(debug), form_(form) {}

  bool wants(LogLevel level) const override { return level != LogLevel::debug || debug_; }
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes = {}) override {
    if (!wants(level)) return;
    err_ +=
        form_ == Form::helm3 ? helm3_log_line(level, message, attributes) : format_log_line(level, message, attributes);
  }

 private:
  std::string& err_;
  bool debug_;
  Form form_;
};

}  // namespace rhumb::cli
