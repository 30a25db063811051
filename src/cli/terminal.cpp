#include "cli/terminal.h"

#include <fmt/format.h>

#include <chrono>

namespace rhumb::cli {

bool use_color(std::string_view when, bool is_terminal, Host& host) {
  if (when != "auto") return when == "always";
  if (!host.environment("NO_COLOR").value_or("").empty()) return false;
  const std::string forced = host.environment("CLICOLOR_FORCE").value_or("");
  if (!forced.empty() && forced != "0") return true;
  return is_terminal && host.environment("TERM").value_or("") != "dumb";
}

std::string today(Host& host) {
  using namespace std::chrono;
  const year_month_day date{floor<days>(sys_seconds{seconds{host.now().seconds}})};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string format_timers(const Timers& timers) {
  std::string out = fmt::format("{:<20} {:>10} {:>6}\n", "stage", "ms", "count");
  for (const Timers::Row& row : timers.rows()) {
    out += fmt::format("{:<20} {:>10.3f} {:>6}\n", row.name,
                       std::chrono::duration<double, std::milli>(row.total).count(), row.count);
  }
  return out;
}

}  // namespace rhumb::cli
