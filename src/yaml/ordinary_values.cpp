#include "ordinary_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "characters.h"
#include "resolve.h"
#include "rhumb/base/strings.h"

namespace rhumb::yaml {
namespace {

constexpr std::size_t least_text = 1024;  // below, nothing is saved
constexpr std::size_t longest_key = 128;  // libyaml has a limit of 1024 characters

constexpr bool is_key_start(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '$'; }

constexpr std::array<bool, 256> make_key_characters() {
  std::array<bool, 256> is_one{};
  for (std::size_t i = 0; i < is_one.size(); ++i) {
    const char c = static_cast<char>(i);
    is_one[i] = is_key_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/';
  }
  return is_one;
}

constexpr std::array<bool, 256> key_characters = make_key_characters();

bool is_end_or_blank(std::string_view line, std::size_t at) { return at >= line.size() || line[at] == ' '; }

/// Nothing but blanks or a comment follows.
bool ends_at(std::string_view line, std::size_t at) {
  const std::size_t next = line.find_first_not_of(' ', at);
  return next == std::string_view::npos || (line[next] == '#' && next > at);
}

/// Where the key that begins at a place of a line ends; npos when that is no usual key.
std::size_t key_end(std::string_view line, std::size_t begin) {
  if (!is_key_start(line[begin])) return std::string_view::npos;
  std::size_t end = begin + 1;
  while (end < line.size() && key_characters[static_cast<unsigned char>(line[end])]) ++end;
  if (end == line.size() || line[end] != ':' || !is_end_or_blank(line, end + 1) || end - begin > longest_key)
    return std::string_view::npos;
  const std::string_view key = line.substr(begin, end - begin);
  return resolve_plain(key).type == ScalarType::null ? std::string_view::npos : end;
}

/// Follows a document from line to line, with the rules of libyaml's scanner and parser for what it understands.
class LineReader {
 public:
  explicit LineReader(std::size_t depth_limit) : depth_limit_(depth_limit) {}

  /// False for what is not understood; then nothing can be told of the lines behind it.
  bool read(std::string_view line);
  /// Of the line that was read: the key of an entry of the topmost mapping that it begins.
  std::string_view top_key() const { return top_key_; }
  /// The value of the entry that the line begins is below it, or null.
  bool is_value_below() const { return waits_; }
  /// A quoted scalar is open.
  bool is_within_scalar() const { return quote_ != 0; }

 private:
  struct Collection {
    std::size_t column;
    bool is_mapping;
  };

  bool open(std::size_t column, bool is_mapping);
  void close_down_to(std::size_t column);
  std::size_t innermost() const { return collections_.back().column; }

  bool item(std::string_view line, std::size_t column);
  bool entry(std::string_view line, std::size_t column);
  bool value(std::string_view line, std::size_t at);
  bool scalar(std::string_view line, std::size_t at);
  bool plain(std::string_view line, std::size_t at);
  bool quoted(std::string_view line, std::size_t at);
  bool goes_on_with_quoted(std::string_view line);
  bool block_header(std::string_view line, std::size_t at);
  enum class Belongs { yes, no, unknown };
  Belongs to_block(std::string_view line, std::size_t first);

  std::size_t depth_limit_;
  std::vector<Collection> collections_;
  std::string_view top_key_;
  bool waits_ = false;       // the innermost mapping's last key has no value yet
  bool plain_open_ = false;  // lines with more indentation than the innermost collection go on with a plain scalar
  char quote_ = 0;           // of the quoted scalar that is open
  bool block_open_ = false;
  std::size_t block_indent_ = 0;  // of a block scalar's lines; 0 before the first
  std::size_t block_blanks_ = 0;  // the most in an empty line before that
};

bool LineReader::open(std::size_t column, bool is_mapping) {
  if (collections_.size() >= depth_limit_) return false;
  collections_.push_back({column, is_mapping});
  return true;
}

void LineReader::close_down_to(std::size_t column) {
  while (!collections_.empty() && innermost() > column) collections_.pop_back();
}

bool LineReader::read(std::string_view line) {
  top_key_ = {};
  if (quote_ != 0) return goes_on_with_quoted(line);
  const std::size_t first = line.find_first_not_of(' ');
  if (block_open_) {
    const Belongs belongs = to_block(line, first);
    if (belongs != Belongs::no) return belongs == Belongs::yes;
  }
  if (first == std::string_view::npos) return true;
  if (line[first] == '#') {
    plain_open_ = false;
    return true;
  }
  if (line.find('\t', first) != std::string_view::npos) return false;
  if (plain_open_ && first > innermost()) return plain(line, first);
  plain_open_ = false;
  if (line[first] == '-' && is_end_or_blank(line, first + 1)) return item(line, first);
  return entry(line, first);
}

/// An item of a list, which may stand right below the key whose value the list is.
bool LineReader::item(std::string_view line, std::size_t column) {
  if (collections_.empty()) return false;
  if (waits_ && column >= innermost()) {
    if (!open(column, false)) return false;
  } else {
    close_down_to(column);
    if (innermost() != column || collections_.back().is_mapping) return false;
  }
  waits_ = false;
  const std::size_t content = line.find_first_not_of(' ', column + 1);
  if (content == std::string_view::npos || line[content] == '#') return false;
  const std::size_t end = key_end(line, content);
  if (end == std::string_view::npos) return scalar(line, content);
  return open(content, true) && value(line, end + 1);
}

bool LineReader::entry(std::string_view line, std::size_t column) {
  const std::size_t end = key_end(line, column);
  const bool is_below = waits_ && column > innermost();
  if (end == std::string_view::npos) {
    if (!is_below || std::string_view("|>").find(line[column]) != std::string_view::npos) return false;
    waits_ = false;
    return scalar(line, column);
  }
  if (collections_.empty() ? column == 0 : is_below) {
    if (!open(column, true)) return false;
  } else {
    close_down_to(column);
    if (collections_.empty()) return false;
    if (innermost() == column && !collections_.back().is_mapping) collections_.pop_back();
    if (innermost() != column || !collections_.back().is_mapping) return false;
  }
  if (collections_.size() == 1) top_key_ = line.substr(column, end - column);
  return value(line, end + 1);
}

/// What follows the colon of a key.
bool LineReader::value(std::string_view line, std::size_t at) {
  waits_ = ends_at(line, at);
  return waits_ || scalar(line, line.find_first_not_of(' ', at));
}

bool LineReader::scalar(std::string_view line, std::size_t at) {
  switch (line[at]) {
    case '"':
    case '\'': quote_ = line[at]; return quoted(line, at + 1);
    case '|':
    case '>': return block_header(line, at + 1);
    case '[':
    case '{': return line.substr(at + 1, 1) == (line[at] == '[' ? "]" : "}") && ends_at(line, at + 2);
    default: break;
  }
  if (std::string_view("?:,]}#&*!%@`").find(line[at]) != std::string_view::npos) return false;
  if (line[at] == '-' && is_end_or_blank(line, at + 1)) return false;
  if (!plain(line, at)) return false;
  if (std::string_view("+-.0123456789").find(line[at]) == std::string_view::npos) return true;
  std::string_view text = line.substr(at, line.find(" #", at) - at);
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  const Resolved resolved = resolve_plain(text);
  return resolved.type != ScalarType::floating || std::isfinite(resolved.floating);
}

/// A line of a plain scalar.
bool LineReader::plain(std::string_view line, std::size_t at) {
  plain_open_ = true;
  for (std::size_t next = line.find_first_of(":#", at); next != std::string_view::npos;
       next = line.find_first_of(":#", next + 1)) {
    if (line[next] == ':' && is_end_or_blank(line, next + 1)) return false;
    if (line[next] != '#' || line[next - 1] != ' ') continue;
    plain_open_ = false;
    return true;
  }
  return true;
}

/// The rest of a quoted scalar, up to the end of the line or its own.
bool LineReader::quoted(std::string_view line, std::size_t at) {
  for (; at < line.size(); ++at) {
    if (quote_ == '"' && line[at] == '\\') {
      ++at;
      if (at == line.size() || std::string_view("\"\\nt").find(line[at]) == std::string_view::npos) return false;
    } else if (line[at] == quote_) {
      if (quote_ == '"' || line.substr(at + 1, 1) != "'") {
        quote_ = 0;
        return ends_at(line, at + 1);
      }
      ++at;
    }
  }
  return true;
}

bool LineReader::goes_on_with_quoted(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string_view::npos) return true;
  return first > innermost() && line[first] != '\t' && quoted(line, first);
}

/// As long as it does not say how much its lines are indented.
bool LineReader::block_header(std::string_view line, std::size_t at) {
  if (at < line.size() && (line[at] == '-' || line[at] == '+')) ++at;
  block_open_ = true;
  block_indent_ = block_blanks_ = 0;
  return ends_at(line, at);
}

LineReader::Belongs LineReader::to_block(std::string_view line, std::size_t first) {
  if (first == std::string_view::npos) {
    if (block_indent_ == 0) block_blanks_ = std::max(block_blanks_, line.size());
    return Belongs::yes;
  }
  if (block_indent_ == 0 && first > innermost() && line[first] != '\t') block_indent_ = first;
  if (block_indent_ != 0 && first >= block_indent_)
    return block_blanks_ > block_indent_ ? Belongs::unknown : Belongs::yes;
  if (first > innermost() || line[first] == '\t' || (block_indent_ == 0 && block_blanks_ > 0)) return Belongs::unknown;
  block_open_ = false;
  return Belongs::no;
}

/// Puts together what stays of a text.
class Remainder {
 public:
  explicit Remainder(std::string_view text) : text_(text) {}

  void leave_out(std::size_t begin, std::size_t end) {
    rest_ += text_.substr(at_, begin - at_);
    at_ = end;
    left_out_ += end - begin;
  }
  std::size_t left_out() const { return left_out_; }
  std::string finish() && { return std::move(rest_.append(text_.substr(at_))); }

 private:
  std::string_view text_;
  std::string rest_;
  std::size_t at_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

std::optional<std::string> without_ordinary_values(std::string_view text, std::span<const std::string_view> kept,
                                                   std::size_t depth_limit) {
  if (text.size() < least_text || !plain_characters(text) || has_other_break(text)) return std::nullopt;
  LineReader reader(depth_limit);
  Remainder remainder(text);
  constexpr std::size_t none = std::string_view::npos;
  std::size_t begin = none;  // of the value that is being read, if it can be left out
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (!reader.read(text.substr(at, end - at))) {
      begin = none;
      break;
    }
    if (const std::string_view key = reader.top_key(); !key.empty()) {
      if (begin != none) remainder.leave_out(begin, at);
      const bool stays =
          std::any_of(kept.begin(), kept.end(), [&](std::string_view name) { return strings::equal_fold(name, key); });
      begin = !stays && reader.is_value_below() && end < text.size() ? end + 1 : none;
    }
    at = end + 1;
  }
  if (begin != none && !reader.is_within_scalar()) remainder.leave_out(begin, text.size());
  if (remainder.left_out() < text.size() / 4) return std::nullopt;
  return std::move(remainder).finish();
}

}  // namespace rhumb::yaml
