#include "process_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rhumb/base/strings.h"

namespace rhumb::cli {
namespace {

/// Where Helm 3.22.0 logs a message: how that begins, and what it holds behind.
struct LogPlace {
  std::string_view begin;
  std::string_view part;
  std::string_view place;
};

constexpr std::array places{
    LogPlace{"warning: skipping globals because destination ", "", "coalesce.go:138"},
    LogPlace{"warning: skipping globals because source ", "", "coalesce.go:145"},
    LogPlace{"Conflict: cannot merge map onto non-map for ", "", "coalesce.go:161"},
    LogPlace{"key ", " is table. Skipping", "coalesce.go:175"},
    LogPlace{"warning: skipped value for ", ": Not a table.", "coalesce.go:237"},
    LogPlace{"warning: cannot overwrite table with non table for ", "", "coalesce.go:316"},
    LogPlace{"warning: destination for ", " is a table. Ignoring non-table value ", "coalesce.go:319"},
    LogPlace{"Warning: Condition path ", " returned non-bool value", "dependencies.go:64"},
    LogPlace{"Warning: Tag ", " returned non-bool value", "dependencies.go:95"},
    LogPlace{"Warning: ImportValues missing table from chart ", "", "dependencies.go:270"},
    LogPlace{"Warning: ImportValues missing table: ", "", "dependencies.go:287"},
    LogPlace{"Warning: Dependencies are handled in Chart.yaml ", "", "load.go:120"},
    LogPlace{"Warning: Dependency locking is handled in Chart.lock ", "", "load.go:138"},
    LogPlace{"info: skipping unknown hook: ", "", "manifest_sorter.go:199"},
    LogPlace{"found symbolic link in path: ", "", "walk.go:75"},
};

}  // namespace

std::string helm3_log_line(LogLevel level, std::string_view message, const std::vector<LogAttribute>& attributes) {
  if (message.starts_with("unresolved URN reference ") && !attributes.empty()) {
    return fmt::format("jsonschema.go:192: WARNING: {}: {}\n", message, attributes.front().value);
  }
  const auto* const found = std::find_if(places.begin(), places.end(), [&](const LogPlace& each) {
    return message.starts_with(each.begin) && strings::contains(message, each.part);
  });
  std::string line;
  if (found != places.end()) {
    line.append(found->place).append(": ");
  } else if (level == LogLevel::warn) {
    line = "WARNING: ";
  }
  line.append(message).append(format_log_attributes(attributes));
  if (!line.ends_with('\n')) line += '\n';
  return line;
}

}  // namespace rhumb::cli
