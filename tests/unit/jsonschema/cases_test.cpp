#include "unit/jsonschema/cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "rhumb/jsonschema/jsonschema.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::jsonschema::test {
namespace {

constexpr std::string_view folder = "@DIR@";
constexpr std::string_view folder_here = "/schemas";

std::string replaced(std::string text, std::string_view old, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(old, at)) != std::string::npos; at += with.size()) {
    text.replace(at, old.size(), with);
  }
  return text;
}

void add_line(std::string& text, bool& first, const std::string& line) {
  if (!first) text += '\n';
  first = false;
  text += line.starts_with('\\') ? line.substr(1) : line;
}

/// The text that the lines of a section belong to.
std::string& section(Case& row, const std::string& head) {
  if (head == "values") return row.values;
  if (head.starts_with("file ")) return row.files.emplace_back(head.substr(5), "").second;
  if (head == "valid")
    row.valid = true;
  else if (head == "unordered")
    row.unordered = true;
  else if (head != "error")
    throw std::runtime_error(row.name + ": unknown section " + head);
  return row.errors.emplace_back();
}

std::multiset<std::string> lines_of(const std::string& text) {
  std::multiset<std::string> lines;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.insert(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

class NoLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

}  // namespace

std::vector<Case> read_cases(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + path);
  std::vector<Case> rows;
  std::string* text = nullptr;
  bool first = true;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("== ")) {
      Case& row = rows.emplace_back();
      row.name = line.substr(3);
      row.line = number;
      text = &row.schema;
      first = true;
    } else if (rows.empty()) {
      if (!line.empty() && line[0] != '#') throw std::runtime_error(path + ": neither a comment nor a row");
    } else if (line.starts_with("-- ")) {
      text = &section(rows.back(), line.substr(3));
      first = true;
    } else {
      add_line(*text, first, line);
    }
  }
  return rows;
}

std::string answer(const Case& row) {
  MemoryFileSystem files;
  for (const auto& [name, text] : row.files) {
    files.add(std::string(folder_here) + "/" + name, replaced(text, folder, folder_here));
  }
  if (row.files.empty()) files.add(std::string(folder_here) + "/other", "");
  Heap heap;
  const auto values = yaml::read_map(row.values, heap);
  if (!values) throw std::runtime_error(row.name + ": " + values.error().message);
  NoLog log;
  const Limits limits;
  const std::string said = validate(replaced(row.schema, folder, folder_here), *values, {files, log, limits});
  return replaced(said, folder_here, folder);
}

bool agrees(const Case& row, const std::string& answer) {
  if (row.valid) return answer.empty();
  return std::any_of(row.errors.begin(), row.errors.end(), [&](const std::string& error) {
    return row.unordered ? lines_of(error) == lines_of(answer) : error == answer;
  });
}

namespace {

TEST(Tables, SayWhatHelmSays) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(RHUMB_SOURCE_DIR "/tests/tables/jsonschema")) {
    const std::string path = entry.path().string();
    for (const Case& row : read_cases(path)) {
      ++count;
      const std::string said = answer(row);
      EXPECT_TRUE(agrees(row, said)) << path << ":" << row.line << ": " << row.name << "\n"
                                     << row.schema << "\n--- helm says\n"
                                     << (row.valid ? "valid" : row.errors.at(0)) << "\n--- rhumb says\n"
                                     << said;
    }
  }
  EXPECT_GE(count, 1400);
}

}  // namespace
}  // namespace rhumb::jsonschema::test
