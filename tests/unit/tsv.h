// Tables that tests/oracle/gotext recorded from Go: a name, arguments and a result in each line.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::test {

/// Undoes \xHH.
inline std::string plain_field(std::string_view field) {
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\') {
      out += field[i];
      continue;
    }
    out += static_cast<char>(std::stoi(std::string(field.substr(i + 2, 2)), nullptr, 16));
    i += 3;
  }
  return out;
}

struct TsvLine {
  int number = 0;
  std::vector<std::string> fields;

  const std::string& name() const { return fields.front(); }
  const std::string& operator[](std::size_t at) const { return fields.at(at); }
  const std::string& result() const { return fields.back(); }
};

/// `path` is below tests/unit.
inline std::vector<TsvLine> read_tsv(const std::string& path) {
  std::ifstream in(RHUMB_SOURCE_DIR "/tests/unit/" + path);
  std::vector<TsvLine> lines;
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    if (text.starts_with('#')) continue;
    TsvLine line{number, {}};
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t tab = std::min(text.find('\t', from), text.size());
      line.fields.push_back(plain_field(std::string_view(text).substr(from, tab - from)));
      from = tab + 1;
    }
    lines.push_back(std::move(line));
  }
  EXPECT_FALSE(lines.empty()) << path;
  return lines;
}

}  // namespace rhumb::test
