#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "rhumb/base/log.h"

namespace rhumb {
namespace {

constexpr const char* line_pattern = "[%T.%e] [rhumb] [%l] %v";

/// A logger of its own: spdlog's registry, with its default logger and its colours, is never made.
class DiagnosticLog final : public Log {
 public:
  DiagnosticLog() : logger_("rhumb", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger_.set_level(spdlog::level::debug);
    logger_.set_formatter(std::make_unique<spdlog::pattern_formatter>(line_pattern, spdlog::pattern_time_type::utc));
  }

  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes) override {
    const std::string text = std::string(message) + format_log_attributes(attributes);
    logger_.log(level_of(level), spdlog::string_view_t(text.data(), text.size()));
  }

 private:
  static spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
      case LogLevel::debug: return spdlog::level::debug;
      case LogLevel::info: return spdlog::level::info;
      case LogLevel::warn: return spdlog::level::warn;
      case LogLevel::error: break;
    }
    return spdlog::level::err;
  }

  spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<Log> make_diagnostic_log() { return std::make_unique<DiagnosticLog>(); }

}  // namespace rhumb
