// Answers what the generator asks: one row after the other, as long as there are any.
//
//   rhumb_differential [--traced] [--other-address]    rows on standard input, answers on standard output
//
// A row is a line with the number of its fields, then each field: a line `name length`, then so many bytes. The names
// are those of the sections of row tables, `template` among them, and `file:PATH`. An answer is a field `out` or
// `error`, then a field `log`. The program ends with its input; a crash is an answer as well, which the other side
// sees. With --other-address something else is printed for every address in memory.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

#include "rhumb/base/parallel.h"
#include "rhumb/value/go_print.h"
#include "support/rows.h"

namespace {

using rhumb::test::Row;
using rhumb::test::RowAnswer;

constexpr std::string_view file_mark = "file:";

/// A line without its line feed; nothing at the end of the input.
std::optional<std::string> read_line() {
  std::string line;
  for (int c = std::getchar(); c != EOF; c = std::getchar()) {
    if (c == '\n') return line;
    line += static_cast<char>(c);
  }
  return std::nullopt;
}

struct Field {
  std::string name;
  std::string text;
};

std::optional<Field> read_field() {
  const auto head = read_line();
  const std::size_t blank = head ? head->rfind(' ') : std::string::npos;
  if (blank == std::string::npos) return std::nullopt;
  Field field{head->substr(0, blank), std::string(std::strtoul(head->c_str() + blank, nullptr, 10), '\0')};
  if (std::fread(field.text.data(), 1, field.text.size(), stdin) != field.text.size()) return std::nullopt;
  return field;
}

bool place(Field field, Row& row) {
  if (field.name == "template") {
    row.text = std::move(field.text);
  } else if (field.name == "values") {
    row.values = std::move(field.text);
  } else if (field.name == "user-values") {
    row.user_values = std::move(field.text);
  } else if (field.name == "flags") {
    row.flags = std::move(field.text);
  } else if (field.name == "chart") {
    row.chart = std::move(field.text);
  } else if (field.name.starts_with(file_mark)) {
    row.files.emplace_back(field.name.substr(file_mark.size()), std::move(field.text));
  } else {
    return false;
  }
  return true;
}

std::optional<Row> read_row() {
  const auto head = read_line();
  if (!head) return std::nullopt;
  Row row;
  for (unsigned long left = std::strtoul(head->c_str(), nullptr, 10); left > 0; --left) {
    auto field = read_field();
    if (!field || !place(std::move(*field), row)) return std::nullopt;
  }
  return row;
}

void write(std::string_view name, const std::string& text) {
  fmt::print("{} {}\n", name, text.size());
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void serve(bool traced) {
  while (const auto row = read_row()) {
    const RowAnswer answer = rhumb::test::answer_here(*row, traced);
    if (answer.output) {
      write("out", *answer.output);
    } else {
      write("error", answer.error.value_or("(none)"));
    }
    write("log", answer.log);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  setenv("TZ", "UTC", 1);  // as the other side
  bool traced = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--traced") == 0) traced = true;
    if (std::strcmp(argv[i], "--other-address") == 0) rhumb::set_printed_address(0x12345678);
  }
  rhumb::run_on_large_stack(rhumb::large_stack_bytes, [traced] { serve(traced); });
  return 0;
}
