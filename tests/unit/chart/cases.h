// Tables of recorded cases, tests/tables/chart/*.cases: files and flags, and what Helm makes of them. The format is
// described in tests/oracle/charts/cases.go, which records them.
#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::chart::test {

/// The folder in which every case is laid out.
inline const std::string root = "/w";

struct Section {
  std::string kind;
  std::string argument;
  std::string form;
  std::vector<std::string> lines;

  std::string text() const;
};

struct Case {
  std::string name;
  std::vector<Section> sections;

  std::string find(std::string_view kind) const {
    for (const Section& section : sections) {
      if (section.kind == kind) return section.text();
    }
    return {};
  }
  std::string argument(std::string_view kind) const {
    for (const Section& section : sections) {
      if (section.kind == kind) return section.argument;
    }
    return {};
  }
  std::vector<std::string> flags() const;
  bool wants(std::string_view word) const {
    const std::string text = find("want");
    for (const std::string_view known : strings::fields(text)) {
      if (known == word) return true;
    }
    return false;
  }
};

inline std::string decode_base64(const std::string& text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit =
        std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").find(c);
    if (digit == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<unsigned>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

inline std::string Section::text() const {
  std::string out;
  for (const std::string& line : lines) {
    if (form == "escaped") {
      out += unquote(line).value();
    } else if (form == "base64") {
      out += line;
    } else {
      out += line.starts_with('\\') ? line.substr(1) : line;
      out += '\n';
    }
  }
  return form == "base64" ? decode_base64(out) : out;
}

inline std::vector<std::string> Case::flags() const {
  std::vector<std::string> flags;
  for (const Section& section : sections) {
    if (section.kind != "flags") continue;
    for (const std::string& line : section.lines) {
      flags.push_back(line.starts_with('"') ? unquote(line).value_or(line) : line);
    }
  }
  return flags;
}

inline std::vector<Case> read_cases(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::vector<Case> cases;
  for (const std::string_view line : strings::split(strings::trim_suffix(text, "\n"), "\n")) {
    if (line.starts_with("== ")) {
      cases.push_back({std::string(line.substr(3)), {}});
    } else if (cases.empty()) {
      continue;
    } else if (line.starts_with("-- ")) {
      const std::string_view head = line.substr(3, line.find(' ', 3) - 3);
      const std::size_t blank = line.find(' ', 3);
      const std::size_t dash = head.find('-');
      Section section;
      section.kind = head.substr(0, dash);
      if (dash != std::string_view::npos) section.form = head.substr(dash + 1);
      if (blank != std::string_view::npos) section.argument = line.substr(blank + 1);
      cases.back().sections.push_back(std::move(section));
    } else {
      cases.back().sections.back().lines.emplace_back(line);
    }
  }
  return cases;
}

/// Lays the files of a case out below the root, which is the working directory too.
inline void lay_out(const Case& test, MemoryFileSystem& files) {
  for (const Section& section : test.sections) {
    const std::string path = root + "/" + section.argument;
    if (section.kind == "file") files.add(path, section.text());
    if (section.kind == "folder") (void)files.make_directories(path);
    if (section.kind == "link") {
      files.add_symlink(path, std::string(strings::trim_suffix(section.text(), "\n")));
    }
  }
}

}  // namespace rhumb::chart::test
