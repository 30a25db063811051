#include "comment_cuts.h"

#include <algorithm>
#include <optional>

#include "characters.h"

namespace rhumb::yaml {
namespace {

constexpr std::size_t least_cut = 8;  // below, nothing is saved

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// Follows the scalars of a text from line to line, as far as is needed to know that none is open.
class LineReader {
 public:
  /// Whether the line may be a comment of its own. False as well for what cannot be told.
  bool is_comment(std::string_view line);
  /// No line from here on can be told.
  bool is_lost() const { return lost_; }

 private:
  void content(std::string_view line, std::size_t first);
  bool token(std::string_view line, std::size_t& at);
  bool quoted(std::string_view line, std::size_t& at);
  bool plain(std::string_view line, std::size_t& at);

  bool lost_ = false;
  bool plain_open_ = false;                  // the line before ended within or right behind a plain scalar
  std::optional<std::size_t> plain_indent_;  // lines with more of it go on with that scalar; none: all do
  std::size_t depth_ = 0;                    // of flow collections
  std::optional<std::size_t> block_indent_;  // lines with more of it belong to a block scalar
};

bool LineReader::is_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string_view::npos || line[first] == '\r') return false;
  if (block_indent_) {
    if (first > *block_indent_) return false;
    block_indent_.reset();
  }
  if (line.ends_with('\r')) line.remove_suffix(1);
  lost_ = has_other_break(line);  // what stands behind it is another line
  if (lost_) return false;
  if (line[first] == '#') return true;
  content(line, first);
  return false;
}

void LineReader::content(std::string_view line, std::size_t first) {
  const bool is_marker = first == 0 && (line.starts_with("---") || line.starts_with("..."));
  // A scalar that goes on may hold what would otherwise begin another one.
  const bool goes_on = plain_open_ && (depth_ > 0 || !plain_indent_ || first > *plain_indent_);
  if (is_marker || is_one_of(line[first], "\t|>!&*%") || (goes_on && is_one_of(line[first], "\"'[{-"))) {
    lost_ = !is_marker || line.size() > 3 || depth_ > 0;
    plain_open_ = false;
    return;
  }
  plain_open_ = false;
  std::optional<std::size_t> indent;  // of the innermost block collection that an entry of it begins here
  std::size_t begin = first;          // of the token before
  for (std::size_t at = first; at < line.size() && !lost_;) {
    if (is_blank(line[at])) {
      ++at;
    } else if (line[at] == '#' && is_blank(line[at - 1])) {
      return;
    } else if (is_one_of(line[at], "|>") && depth_ == 0) {
      block_indent_ = indent;
      lost_ = !indent;
      return;
    } else {
      if (depth_ == 0 && is_one_of(line[at], "-:")) indent = line[at] == '-' ? at : begin;
      begin = at;
      lost_ = !token(line, at);
    }
  }
  if (!goes_on) plain_indent_ = indent;
}

/// Passes one token of a line; false for what is not understood.
bool LineReader::token(std::string_view line, std::size_t& at) {
  const char c = line[at];
  const bool ends_word = at + 1 == line.size() || is_blank(line[at + 1]);
  plain_open_ = false;
  if (c == '"' || c == '\'') return quoted(line, at);
  if (is_one_of(c, "-?:") && ends_word) {
    ++at;
    return c == ':' || (c == '-' && depth_ == 0);
  }
  if (c == '[' || c == '{') {
    ++depth_;
    ++at;
    return true;
  }
  if (is_one_of(c, "]},") && depth_ > 0) {
    depth_ -= c == ',' ? 0 : 1;
    ++at;
    return true;
  }
  if (is_one_of(c, "!&*%@`|>#],}?:")) return false;
  return plain(line, at);
}

/// A quoted scalar that ends in the same line.
bool LineReader::quoted(std::string_view line, std::size_t& at) {
  const char quote = line[at];
  for (++at; at < line.size(); ++at) {
    if (quote == '"' && line[at] == '\\') {
      ++at;
    } else if (line[at] == quote) {
      if (quote == '"' || line.substr(at + 1, 1) != "'") {
        ++at;
        return at == line.size() || is_one_of(line[at], " \t:,]}");
      }
      ++at;
    }
  }
  return false;
}

bool LineReader::plain(std::string_view line, std::size_t& at) {
  for (; at < line.size(); ++at) {
    const char c = line[at];
    const bool ends_word = at + 1 == line.size() || is_blank(line[at + 1]);
    if (c == ':' && ends_word) return true;
    if (c == '#' && is_blank(line[at - 1])) return true;
    if (depth_ == 0) continue;
    if (is_one_of(c, ",[]{}")) return true;
    if (c == '?' || (c == ':' && is_one_of(line[at + 1], ",[]{}"))) return false;
  }
  plain_open_ = true;
  return true;
}

/// Calls visit(at, line) for each line until that says no.
template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (!visit(at, text.substr(at, end - at))) return;
    at = end + 1;
  }
}

/// To look at every line has to be worth it.
bool is_full_of_comments(std::string_view text) {
  std::size_t bytes = 0;
  for_each_line(text, [&](std::size_t, std::string_view line) {
    std::size_t first = 0;
    while (first < line.size() && line[first] == ' ') ++first;
    if (first < line.size() && line[first] == '#') bytes += line.size() - first;
    return true;
  });
  return bytes > text.size() / 4;
}

}  // namespace

std::vector<Cut> find_comment_cuts(std::string_view text) {
  std::vector<Cut> cuts;
  if (!is_full_of_comments(text)) return cuts;
  LineReader lines;
  for_each_line(text, [&](std::size_t at, std::string_view line) {
    // The column in which the text ends says which collections end there.
    const bool is_last = at + line.size() == text.size();
    if (lines.is_comment(line) && !is_last) {
      const std::size_t begin = line.find('#') + 1;
      const std::size_t size = line.size() - begin - (line.ends_with('\r') ? 1 : 0);
      if (size >= least_cut) cuts.push_back({at + begin, size});
    }
    return !lines.is_lost();
  });
  return cuts;
}

}  // namespace rhumb::yaml
