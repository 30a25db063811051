#include <algorithm>
#include <array>

#include "report/writers.h"
#include "rhumb/report/report.h"

namespace rhumb::report {
namespace {

constexpr std::array<Format, 9> table{{
    {"text", "for people: a line per finding, the source and the cause", write_text},
    {"json", "one document with everything, version 1", write_json},
    {"jsonl", "JSON Lines: one finding per line", write_json_lines},
    {"sarif", "SARIF 2.1.0, for code scanning", write_sarif},
    {"junit", "JUnit XML: a test suite per chart and environment", write_junit},
    {"github", "annotations of GitHub Actions", write_github},
    {"gitlab", "GitLab Code Quality", write_gitlab},
    {"checkstyle", "Checkstyle XML", write_checkstyle},
    {"markdown", "for comments on pull requests and job summaries", write_markdown},
}};

}  // namespace

std::span<const Format> formats() { return table; }

const Format* find_format(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [name](const Format& row) { return row.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace rhumb::report
