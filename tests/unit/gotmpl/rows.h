// Tables of rows that record/main.go has recorded from Go's text/template; it describes the format.
#pragma once

#include <gtest/gtest.h>
#include <pthread.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/value.h"

namespace rhumb::gotmpl::test {

struct Row {
  std::string name;
  std::string text;
  std::string data;
  std::string kind;  // "tree", "out" or "error"
  std::vector<std::string> expected;
};

inline Row read_row(std::string_view chunk) {
  Row row;
  std::string section;
  bool quoted = false;
  bool first = true;
  for (const std::string_view line : strings::split(chunk, "\n")) {
    if (std::exchange(first, false)) {
      row.name = line;
    } else if (line.starts_with("-- ")) {
      section = line.substr(3);
      if (section == "quoted") quoted = true;
      if (section == "tree" || section == "out" || section == "error") row.kind = section;
    } else if (section == "quoted") {
      row.text = unquote(line).value();
    } else if (section.empty()) {
      row.text += std::string(line) + "\n";
    } else if (section == "data") {
      row.data += std::string(line) + "\n";
    } else {
      row.expected.emplace_back(section == "tree" && line.starts_with('(') ? std::string(line) : unquote(line).value());
    }
  }
  if (!quoted && !row.text.empty()) row.text.pop_back();
  return row;
}

/// Runs it on a stack of that many bytes.
template <typename Run>
void with_stack(std::size_t bytes, Run&& run) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, bytes), 0);
  pthread_t thread;
  const auto start = [](void* argument) -> void* {
    (*static_cast<std::remove_reference_t<Run>*>(argument))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, start, &run), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

/// The rows of tests/unit/gotmpl/FILE.
inline std::vector<Row> read_rows(const std::string& file) {
  const std::ifstream stream(std::string(RHUMB_SOURCE_DIR) + "/tests/unit/gotmpl/" + file);
  std::stringstream buffer;
  buffer << stream.rdbuf();
  const std::string text = "\n" + buffer.str();
  std::vector<Row> rows;
  std::vector<std::string_view> chunks = strings::split(text, "\n== ");
  for (std::size_t i = 1; i < chunks.size(); ++i) {
    rows.push_back(read_row(strings::trim_suffix(chunks[i], "\n")));
    if (rows.back().data.empty() && i > 1) rows.back().data = rows[i - 2].data;
  }
  EXPECT_FALSE(rows.empty()) << file;
  return rows;
}

/// A reader of JSON, as much of it as the tables use.
class DataReader {
 public:
  DataReader(Heap& heap, std::string_view text) : heap_(heap), rest_(text) {}

  Value read() {
    skip();
    if (rest_.empty()) return {};
    if (take("null")) return {};
    if (take("true")) return Value::boolean(true);
    if (take("false")) return Value::boolean(false);
    if (rest_[0] == '"') return heap_.string(text());
    if (take("[")) return list();
    if (take("{")) return map();
    return number();
  }

 private:
  void skip() { rest_ = strings::trim_left(rest_, " \n"); }
  bool take(std::string_view word) {
    skip();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  std::string text() {
    std::size_t end = 1;
    while (rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
    const std::string value = unquote(rest_.substr(0, end + 1)).value();
    rest_.remove_prefix(end + 1);
    return value;
  }
  Value list() {
    std::vector<Value> items;
    while (!take("]")) {
      items.push_back(read());
      take(",");
    }
    return heap_.list(items);
  }
  Value map() {
    const Value made = heap_.map();
    while (!take("}")) {
      const std::string key = text();
      take(":");
      made.as_map()->set(key, read());
      take(",");
      skip();
    }
    return made;
  }
  Value number() {
    const std::size_t size = std::min(rest_.find_first_not_of("+-.0123456789eE"), rest_.size());
    const std::string_view digits = rest_.substr(0, size);
    rest_.remove_prefix(size);
    const auto integer = atoi(digits);
    return integer ? Value::integer(integer.value) : Value::floating(parse_float(digits).value);
  }

  Heap& heap_;
  std::string_view rest_;
};

}  // namespace rhumb::gotmpl::test
