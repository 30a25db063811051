// Workflow commands of GitHub Actions. A step shows ten annotations of each level and drops the rest in silence, so the
// first ten of each are given (the outcome is ordered by place, errors have a level of their own), then one notice says
// how many are left out.
#include <array>

#include <fmt/format.h>

#include "report/because.h"
#include "report/escape.h"
#include "report/writers.h"

namespace rhumb::report {
namespace {

constexpr std::size_t most_of_a_level = 10;
constexpr std::array<std::string_view, 3> levels{"error", "warning", "notice"};

std::size_t level_of(Severity severity) {
  if (severity == Severity::error) return 0;
  return severity == Severity::warning ? 1 : 2;
}

std::string message_of(const View& view, const lint::Finding& finding) {
  std::string out = printable(view.message(finding));
  for (const auto& sentences : {causes(view, finding), advice(view, finding)}) {
    for (const std::string& sentence : sentences) out += "\n" + printable(sentence);
  }
  return out;
}

std::string properties(const Place& place, std::string_view title) {
  std::string out;
  if (!place.path.empty())
    out += fmt::format("file={},line={},endLine={},", github_property(place.path), place.line, place.end_line);
  // Columns count only within a line.
  if (!place.path.empty() && place.line == place.end_line) {
    out += fmt::format("col={},endColumn={},", place.column, place.end_column);
  }
  return out + "title=" + github_property(title);
}

std::string command(const View& view, const lint::Finding& finding, std::string_view level) {
  return fmt::format("::{} {}::{}\n", level, properties(view.anchor(finding), rule_name(finding)),
                     github_message(message_of(view, finding)));
}

}  // namespace

std::string write_github(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  std::array<std::string, 3> commands;
  std::array<std::size_t, 3> counts{};
  for (const lint::Finding* finding : view.findings()) {
    if (finding->suppression) continue;
    const std::size_t level = level_of(finding->severity);
    // The last notice is kept for the number of those left out.
    const std::size_t most = level == 2 ? most_of_a_level - 1 : most_of_a_level;
    if (++counts[level] <= most) commands[level] += command(view, *finding, levels[level]);
  }
  std::size_t left = 0;
  std::string out;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const std::size_t most = level == 2 ? most_of_a_level - 1 : most_of_a_level;
    if (counts[level] > most) left += counts[level] - most;
    out += commands[level];
  }
  if (left > 0) {
    out += fmt::format("::notice title=rhumb::{} more not shown here: GitHub shows ten of each level\n",
                       counted(left, "finding"));
  }
  return out + view.summary();
}

}  // namespace rhumb::report
