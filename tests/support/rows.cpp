#include "support/rows.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "rhumb/value/go_number.h"

namespace rhumb::test {
namespace {

struct Section {
  std::string name;  // "" for the template itself
  std::string argument;
  std::vector<std::string> lines;
};

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot open " + path);
    text_.assign(std::istreambuf_iterator<char>(in), {});
  }

  RowTable read() {
    std::string line;
    while (next(line)) {
      if (line.starts_with("== ")) {
        finish();
        rows_.rows.push_back({});
        rows_.rows.back().name = line.substr(3);
        rows_.rows.back().line = line_;
        sections_.assign(1, {});
      } else if (rows_.rows.empty()) {
        header(line);
      } else if (line.starts_with("-- ")) {
        start_section(line.substr(3));
      } else {
        sections_.back().lines.push_back(line.starts_with('\\') ? line.substr(1) : line);
      }
    }
    finish();
    return std::move(rows_);
  }

 private:
  bool next(std::string& line) {
    if (at_ >= text_.size()) return false;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    line = text_.substr(at_, end - at_);
    at_ = end + 1;
    ++line_;
    return true;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(fmt::format("{}:{}: {}", path_, line_, what));
  }

  void header(const std::string& line) {
    constexpr std::string_view mark = "# recorded: ";
    if (line.starts_with(mark)) rows_.stamp = line.substr(mark.size());
    if (!line.empty() && line[0] != '#') fail("neither a comment nor a row");
  }

  void start_section(const std::string& title) {
    const std::size_t blank = title.find(' ');
    sections_.push_back({title.substr(0, blank), blank == std::string::npos ? "" : title.substr(blank + 1), {}});
  }

  std::string body(const Section& section, bool escaped) const {
    std::string text;
    for (std::size_t i = 0; i < section.lines.size(); ++i) {
      if (!escaped) {
        if (i > 0) text += '\n';
        text += section.lines[i];
      } else if (const auto part = unquote(section.lines[i])) {
        text += *part;
      } else {
        fail("not a quoted string: " + section.lines[i]);
      }
    }
    return text;
  }

  void finish() {
    if (rows_.rows.empty()) return;
    for (Section& section : sections_) place(section);
    const Row& row = rows_.rows.back();
    if (row.output.has_value() == row.error.has_value()) fail("row " + row.name + " has no recorded answer");
  }

  void place(Section& section) {
    Row& row = rows_.rows.back();
    constexpr std::string_view suffix = "-escaped";
    const bool escaped = section.name.ends_with(suffix);
    if (escaped) section.name.resize(section.name.size() - suffix.size());
    std::string text = body(section, escaped);
    if (section.name.empty() || section.name == "template") {
      if (!text.empty()) row.text = std::move(text);
    } else if (section.name == "values") {
      row.values = std::move(text);
    } else if (section.name == "user-values") {
      row.user_values = std::move(text);
    } else if (section.name == "flags") {
      row.flags = std::move(text);
    } else if (section.name == "chart") {
      row.chart = std::move(text);
    } else if (section.name == "file") {
      row.files.emplace_back(section.argument, std::move(text));
    } else if (section.name == "out") {
      row.output = std::move(text);
    } else if (section.name == "error") {
      row.error = std::move(text);
    } else if (section.name == "gap") {
      row.gap = std::move(text);
    } else {
      fail("unknown section " + section.name);
    }
  }

  std::string path_;
  std::string text_;
  std::size_t at_ = 0;
  int line_ = 0;
  RowTable rows_;
  std::vector<Section> sections_;
};

}  // namespace

RowTable read_rows(const std::string& path) { return Reader(path).read(); }

std::string visible(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace rhumb::test
