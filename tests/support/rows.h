// Row tables (tests/oracle/README.md): template, values and what Helm answers, recorded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rhumb::test {

struct Row {
  std::string name;
  int line = 0;
  std::string text;  // of the template
  std::optional<std::string> values;
  std::optional<std::string> user_values;
  std::string flags;  // `--set a=b` and its kin, one on each line; in Go's double quotes where that is needed
  std::string chart;  // further lines of Chart.yaml
  std::vector<std::pair<std::string, std::string>> files;
  std::optional<std::string> output;
  std::optional<std::string> error;
  /// The reason why the row is known to differ.
  std::optional<std::string> gap;
};

struct RowTable {
  std::string stamp;  // "helm v4.3.1"
  std::vector<Row> rows;
};

/// Throws std::runtime_error with file and line for a table that does not follow the format.
RowTable read_rows(const std::string& path);

/// What the engine makes of a row: the output or the error. With `traced`, origins and traces are kept on the way.
struct RowAnswer {
  std::optional<std::string> output;
  std::optional<std::string> error;
  std::string log;  // the lines of the log, sorted
};
RowAnswer answer(const Row& row, bool traced = false);
/// The same for callers that have a large stack already.
RowAnswer answer_here(const Row& row, bool traced = false);

/// The text with white space and control characters made visible.
std::string visible(std::string_view text);

}  // namespace rhumb::test
