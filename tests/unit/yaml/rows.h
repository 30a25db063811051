// The recorded rows of module yaml: tests/oracle/yaml writes them, its main.go describes them.
#pragma once

#include <string>
#include <vector>

#include "rhumb/value/value.h"

namespace rhumb::yaml::test {

struct Row {
  std::string operation;
  std::string input;
  bool is_error = false;
  std::string answer;
};

std::vector<Row> read_rows(const std::string& path);

/// The value of a notation (tests/oracle/yaml/values.go).
Value parse_notation(std::string_view text, Heap& heap);

struct Answer {
  bool is_error = false;
  std::string text;
};

/// What this library answers.
Answer answer(const Row& row);

}  // namespace rhumb::yaml::test
