// Log lines in Helm's form: slog text without a time stamp, on standard error:
//   level=WARN msg="text with blanks" key=value
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rhumb {

enum class LogLevel : unsigned char { debug, info, warn, error };

struct LogAttribute {
  std::string_view key;  // a literal
  std::string value;
};

/// Takes log lines. Stages get one handed in; nothing logs through a global.
class Log {
 public:
  Log() = default;
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  virtual ~Log() = default;
  virtual void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes = {}) = 0;
  /// Whether lines of that level go anywhere: what is long need not be made otherwise.
  virtual bool wants(LogLevel) const { return true; }
};

/// Keeps lines until somebody can write them: what runs in parallel logs in a fixed order.
class KeptLog final : public Log {
 public:
  KeptLog() = default;
  /// Keeps what `target` wants.
  explicit KeptLog(const Log& target) : target_(&target) {}

  bool wants(LogLevel level) const override { return target_ == nullptr || target_->wants(level); }
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes = {}) override {
    if (wants(level)) lines_.push_back({level, std::string(message), std::move(attributes)});
  }
  void replay(Log& log) const {
    for (const Line& line : lines_) log.write(line.level, line.message, line.attributes);
  }

 private:
  struct Line {
    LogLevel level;
    std::string message;
    std::vector<LogAttribute> attributes;
  };
  const Log* target_ = nullptr;
  std::vector<Line> lines_;
};

/// rhumb's own account of a run, for --verbose: lines of another form than Helm's, written to standard error at once,
/// so that they stand in front of everything that the command says in the end. Thread-safe.
std::unique_ptr<Log> make_diagnostic_log();

/// " key=value key=\"two words\"", as slog's TextHandler writes attributes.
std::string format_log_attributes(const std::vector<LogAttribute>& attributes);

/// As slog's TextHandler formats a line, with the final newline.
std::string format_log_line(LogLevel level, std::string_view message, const std::vector<LogAttribute>& attributes);

}  // namespace rhumb
