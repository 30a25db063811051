// Tables of schemas, values and what Helm says about them (tests/oracle/recorder/schemas).
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace rhumb::jsonschema::test {

struct Case {
  std::string name;
  int line = 0;
  std::string schema;
  std::string values;
  std::vector<std::pair<std::string, std::string>> files;
  bool valid = false;
  bool unordered = false;
  std::vector<std::string> errors;  // any of them will do
};

/// Throws std::runtime_error for a table that does not follow the format.
std::vector<Case> read_cases(const std::string& path);

/// What rhumb says; "" for good values.
std::string answer(const Case& row);
/// Whether Helm may say so.
bool agrees(const Case& row, const std::string& answer);

}  // namespace rhumb::jsonschema::test
