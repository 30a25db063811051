// Paths, globs and log lines as Go has them: paths.tsv, recorded by tests/oracle/paths.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "rhumb/base/glob.h"
#include "rhumb/base/log.h"
#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"

namespace rhumb {
namespace {

char32_t hex(std::string_view digits) { return static_cast<char32_t>(std::stoul(std::string(digits), nullptr, 16)); }

/// A text in Go's double quotes, as far as the table has them.
std::string unquoted(std::string_view text) {
  constexpr std::string_view letters = "abtnvfr";
  std::string out;
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const char kind = text[++i];
    if (kind == 'x') {
      out += static_cast<char>(hex(text.substr(i + 1, 2)));
      i += 2;
    } else if (kind == 'u' || kind == 'U') {
      const std::size_t digits = kind == 'u' ? 4 : 8;
      utf8::append(out, hex(text.substr(i + 1, digits)));
      i += digits;
    } else if (letters.find(kind) != std::string_view::npos) {
      out += static_cast<char>(7 + letters.find(kind));
    } else {
      out += kind;
    }
  }
  return out;
}

std::vector<std::vector<std::string>> rows(const std::string& kind) {
  std::ifstream file(std::string(RHUMB_SOURCE_DIR) + "/tests/unit/base/paths.tsv");
  std::vector<std::vector<std::string>> found;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> fields;
    for (const std::string_view field : strings::split(line, "\t")) fields.emplace_back(field);
    if (fields[0] == kind) found.push_back(std::move(fields));
  }
  EXPECT_FALSE(found.empty());
  return found;
}

TEST(Path, AsGo) {
  for (const auto& row : rows("path")) {
    const std::string path = unquoted(row[1]);
    EXPECT_EQ(path::clean(path), unquoted(row[2])) << row[1];
    EXPECT_EQ(path::base(path), unquoted(row[3])) << row[1];
    EXPECT_EQ(path::directory(path), unquoted(row[4])) << row[1];
    EXPECT_EQ(path::extension(path), unquoted(row[5])) << row[1];
  }
  for (const auto& row : rows("join")) {
    EXPECT_EQ(path::join(unquoted(row[1]), unquoted(row[2])), unquoted(row[3])) << row[1] << row[2];
  }
}

TEST(Glob, AsGo) {
  for (const auto& row : rows("glob")) {
    const std::optional<bool> matched = glob_match(unquoted(row[1]), unquoted(row[2]));
    const std::string answer = !matched ? "error" : *matched ? "true" : "false";
    EXPECT_EQ(answer, row[3]) << row[1] << " " << row[2];
  }
}

TEST(Log, AsGo) {
  for (const auto& row : rows("log")) {
    const auto level = static_cast<LogLevel>(std::stoi(row[1]));
    const std::string text = unquoted(row[2]);
    const std::string other_key = text + "k";
    std::vector<LogAttribute> attributes{{"key", text}, {other_key, "v"}};
    if (level == LogLevel::debug) attributes.clear();
    EXPECT_EQ(format_log_line(level, text, attributes), unquoted(row[3])) << row[2];
  }
}

}  // namespace
}  // namespace rhumb
