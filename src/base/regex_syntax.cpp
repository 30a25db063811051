#include "base/regex_syntax.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/regex_tree.h"
#include "base/regex_unicode.h"
#include "rhumb/base/utf8.h"

namespace rhumb::regex {
namespace {

constexpr std::string_view missing_argument = "missing argument to repetition operator";
constexpr std::string_view invalid_escape = "invalid escape sequence";
constexpr std::string_view invalid_range = "invalid character class range";
constexpr std::string_view invalid_name = "invalid named capture";
constexpr std::string_view invalid_perl = "invalid or unsupported Perl syntax";
constexpr std::string_view invalid_nesting = "invalid nested repetition operator";
constexpr std::string_view invalid_count = "invalid repeat count";
constexpr std::string_view invalid_utf8 = "invalid UTF-8";

constexpr int most_repeats = 1000;

bool is_alnum(char32_t c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_octal(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '7'; }

int hex_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A') + 10;
  return -1;
}

/// As the type parser of regexp/syntax. Every step takes its text from the front of rest_ and returns false after an
/// error.
class Translator {
 public:
  explicit Translator(std::string_view whole) : whole_(whole), rest_(whole) {}

  Translation run() {
    while (!rest_.empty()) {
      const std::string_view before = rest_;
      repeated_ = false;
      if (!step()) return std::move(result_);
      last_repeat_ = repeated_ ? before : std::string_view();
      if (tree_.error() != nullptr) {
        fail(tree_.error(), whole_);
        return std::move(result_);
      }
    }
    if (!tree_.close_all()) fail("missing closing )", whole_);
    if (result_.error.empty() && tree_.error() != nullptr) fail(tree_.error(), whole_);
    return std::move(result_);
  }

 private:
  bool fail(std::string_view what, std::string_view where) {
    result_.error.append("error parsing regexp: ").append(what).append(": `").append(where).append("`");
    return false;
  }

  /// What was taken since the rest was `before`.
  std::string_view taken(std::string_view before) const { return before.substr(0, before.size() - rest_.size()); }
  void copy(std::string_view before) { result_.pattern += taken(before); }

  bool next_rune(char32_t& rune) {
    const utf8::Rune next = utf8::decode(rest_);
    if (next.invalid()) return fail(invalid_utf8, rest_);
    rune = next.value;
    rest_.remove_prefix(next.width);
    return true;
  }

  bool check_utf8(std::string_view text) {
    while (!text.empty()) {
      const utf8::Rune rune = utf8::decode(text);
      if (rune.invalid()) return fail(invalid_utf8, text);
      text.remove_prefix(rune.width);
    }
    return true;
  }

  void append_rune(char32_t rune) { append_regex_rune(result_.pattern, rune); }

  void literal(char32_t rune) {
    append_rune(rune);
    tree_.push_literal();
  }

  /// An operator of so many bytes that stands for itself.
  bool plain(std::size_t size) {
    result_.pattern += rest_.substr(0, size);
    rest_.remove_prefix(size);
    tree_.push_leaf();
    return true;
  }

  bool step();
  bool open_group();
  bool named_group(std::size_t name_from);
  bool perl_flags();
  bool close_group();
  bool repeat_operator();
  bool counted_repeat();
  bool repeat(std::string_view before, int least, int most);
  bool backslash();
  bool quoted_literals();
  bool escape(char32_t& rune);
  bool hex_escape(char32_t& rune, bool& ok);
  bool character_class();
  bool class_item(std::string_view whole_class);
  bool class_rune(std::string_view whole_class, char32_t& rune);
  bool posix_class(bool& taken_one);
  bool unicode_class(bool& taken_one, bool in_brackets);

  std::string_view whole_;
  std::string_view rest_;
  std::string_view last_repeat_;
  bool repeated_ = false;
  RegexTree tree_;
  Translation result_;
};

bool Translator::step() {
  switch (rest_[0]) {
    case '(': return open_group();
    case ')': return close_group();
    case '|':
      tree_.alternative();
      result_.pattern += '|';
      rest_.remove_prefix(1);
      return true;
    case '^':
    case '$':
    case '.': return plain(1);
    case '[': return character_class();
    case '*':
    case '+':
    case '?': return repeat_operator();
    case '{': return counted_repeat();
    case '\\': return backslash();
    default: {
      char32_t rune = 0;
      if (!next_rune(rune)) return false;
      literal(rune);
      return true;
    }
  }
}

bool Translator::open_group() {
  if (rest_.size() >= 2 && rest_[1] == '?') {
    if (rest_.size() > 4 && rest_[2] == 'P' && rest_[3] == '<') return named_group(4);
    if (rest_.size() > 3 && rest_[2] == '<') return named_group(3);
    return perl_flags();
  }
  tree_.open(true);
  result_.group_names.emplace_back();
  result_.pattern += '(';
  rest_.remove_prefix(1);
  return true;
}

bool Translator::named_group(std::size_t name_from) {
  const std::size_t end = rest_.find('>');
  if (end == std::string_view::npos) return check_utf8(rest_) && fail(invalid_name, rest_);
  const std::string_view name = rest_.substr(name_from, end - name_from);
  if (!check_utf8(name)) return false;
  const bool good =
      std::all_of(name.begin(), name.end(), [](char c) { return c == '_' || is_alnum(static_cast<unsigned char>(c)); });
  if (name.empty() || !good) return fail(invalid_name, rest_.substr(0, end + 1));
  tree_.open(true);
  result_.group_names.emplace_back(name);
  result_.pattern += '(';
  rest_.remove_prefix(end + 1);
  return true;
}

/// (?i), (?s-m:...), (?:...).
bool Translator::perl_flags() {
  const std::string_view before = rest_;
  rest_.remove_prefix(2);
  bool negative = false;
  bool saw_flag = false;
  while (!rest_.empty()) {
    char32_t c = 0;
    if (!next_rune(c)) return false;
    if (c == 'i' || c == 'm' || c == 's' || c == 'U') {
      saw_flag = true;
    } else if (c == '-' && !negative) {
      negative = true;
      saw_flag = false;
    } else if ((c == ':' || c == ')') && (!negative || saw_flag)) {
      if (c == ':') tree_.open(false);
      copy(before);
      return true;
    } else {
      break;
    }
  }
  return fail(invalid_perl, taken(before));
}

bool Translator::close_group() {
  if (!tree_.close()) return fail("unexpected )", whole_);
  result_.pattern += ')';
  rest_.remove_prefix(1);
  return true;
}

bool Translator::repeat_operator() {
  const std::string_view before = rest_;
  const char op = rest_[0];
  rest_.remove_prefix(1);
  return repeat(before, op == '+' ? 1 : 0, op == '?' ? 1 : -1);
}

/// Digits without leading zeros; -1 for a number that is too large.
std::optional<int> take_number(std::string_view& text) {
  const std::size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
  if (size == 0 || (size >= 2 && text[0] == '0')) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, size)) {
    if (value >= 100'000'000) {
      value = -1;
      break;
    }
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(size);
  return value;
}

struct Counts {
  int least = 0;
  int most = 0;  // -1: no end
};

/// {n}, {n,} or {n,m}; what is not of that form is no repetition. `least` is -1 for a number that is too large.
std::optional<Counts> take_counts(std::string_view& text) {
  std::string_view rest = text.substr(1);
  const std::optional<int> least = take_number(rest);
  if (!least || rest.empty()) return std::nullopt;
  Counts counts{*least, *least};
  if (rest[0] == ',') {
    rest.remove_prefix(1);
    if (rest.starts_with('}')) {
      counts.most = -1;
    } else {
      const std::optional<int> most = take_number(rest);
      if (!most) return std::nullopt;
      counts.most = *most;
      if (*most < 0) counts.least = -1;
    }
  }
  if (!rest.starts_with('}')) return std::nullopt;
  text = rest.substr(1);
  return counts;
}

bool Translator::counted_repeat() {
  const std::string_view before = rest_;
  const std::optional<Counts> counts = take_counts(rest_);
  if (!counts) {
    rest_.remove_prefix(1);
    literal('{');
    return true;
  }
  const auto [least, most] = *counts;
  if (least < 0 || least > most_repeats || most > most_repeats || (most >= 0 && least > most)) {
    return fail(invalid_count, taken(before));
  }
  if (!repeat(before, least, most)) return false;
  if ((least >= 2 || most >= 2) && tree_.top_repeats() > most_repeats) return fail(invalid_count, taken(before));
  return true;
}

/// The operator was taken; a question mark behind it makes it lazy.
bool Translator::repeat(std::string_view before, int least, int most) {
  if (rest_.starts_with('?')) rest_.remove_prefix(1);
  if (!last_repeat_.empty()) return fail(invalid_nesting, taken(last_repeat_));
  if (!tree_.repeat(least, most, before[0] == '{')) return fail(missing_argument, taken(before));
  copy(before);
  repeated_ = true;
  return true;
}

bool Translator::backslash() {
  if (rest_.size() >= 2) {
    result_.has_no_boundary = result_.has_no_boundary || rest_[1] == 'B';
    switch (rest_[1]) {
      case 'A':
      case 'b':
      case 'B':
      case 'z':
      case 'd':
      case 'D':
      case 's':
      case 'S':
      case 'w':
      case 'W': return plain(2);
      case 'C': return fail(invalid_escape, rest_.substr(0, 2));
      case 'Q': return quoted_literals();
      default: break;
    }
  }
  bool is_class = false;
  if (!unicode_class(is_class, false)) return false;
  if (is_class) {
    tree_.push_leaf();
    return true;
  }
  char32_t rune = 0;
  if (!escape(rune)) return false;
  literal(rune);
  return true;
}

/// \Q...\E
bool Translator::quoted_literals() {
  const std::size_t end = rest_.find("\\E", 2);
  const std::string_view behind = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 2);
  const std::string_view literals = rest_.substr(2, end == std::string_view::npos ? end : end - 2);
  // Nothing between the two still comes between a repetition and the next one.
  if (literals.empty()) result_.pattern += "\\Q\\E";
  rest_ = literals;
  while (!rest_.empty()) {
    char32_t rune = 0;
    if (!next_rune(rune)) return false;
    literal(rune);
  }
  rest_ = behind;
  return true;
}

/// As parseEscape.
bool Translator::escape(char32_t& rune) {
  const std::string_view before = rest_;
  rest_.remove_prefix(1);
  if (rest_.empty()) return fail("trailing backslash at end of expression", "");
  char32_t c = 0;
  if (!next_rune(c)) return false;
  bool ok = true;
  switch (c) {
    case 'a': rune = '\a'; break;
    case 'f': rune = '\f'; break;
    case 'n': rune = '\n'; break;
    case 'r': rune = '\r'; break;
    case 't': rune = '\t'; break;
    case 'v': rune = '\v'; break;
    case 'x':
      if (!hex_escape(rune, ok)) return false;
      break;
    default:
      rune = c;
      if (c >= '0' && c <= '7' && (c == '0' || is_octal(rest_))) {
        rune = c - '0';
        for (int i = 1; i < 3 && is_octal(rest_); ++i) {
          rune = rune * 8 + static_cast<char32_t>(rest_[0] - '0');
          rest_.remove_prefix(1);
        }
      } else {
        ok = c < 0x80 && !is_alnum(c);
      }
  }
  return ok || fail(invalid_escape, taken(before));
}

/// \x41 and \x{41}; the x was taken.
bool Translator::hex_escape(char32_t& rune, bool& ok) {
  ok = false;
  char32_t c = 0;
  if (rest_.empty()) return true;
  if (!next_rune(c)) return false;
  if (c != '{') {
    const int high = hex_value(c);
    if (!next_rune(c)) return false;
    const int low = hex_value(c);
    ok = high >= 0 && low >= 0;
    rune = static_cast<char32_t>(high * 16 + low);
    return true;
  }
  rune = 0;
  for (int digits = 0; !rest_.empty(); ++digits) {
    if (!next_rune(c)) return false;
    if (c == '}') {
      ok = digits > 0;
      return true;
    }
    const int value = hex_value(c);
    if (value < 0) return true;
    rune = rune * 16 + static_cast<char32_t>(value);
    if (rune > utf8::max_rune) return true;
  }
  return true;
}

bool Translator::character_class() {
  const std::string_view whole_class = rest_;
  rest_.remove_prefix(1);
  result_.pattern += '[';
  if (rest_.starts_with('^')) {
    result_.pattern += '^';
    rest_.remove_prefix(1);
  }
  for (bool first = true; first || !rest_.starts_with(']'); first = false) {
    if (!class_item(whole_class)) return false;
  }
  rest_.remove_prefix(1);
  result_.pattern += ']';
  tree_.push_leaf();
  return true;
}

bool Translator::class_item(std::string_view whole_class) {
  bool is_class = false;
  if (!posix_class(is_class)) return false;
  if (is_class) return true;
  if (!unicode_class(is_class, true)) return false;
  if (is_class) return true;
  if (rest_.size() >= 2 && rest_[0] == '\\' && std::string_view("dDsSwW").find(rest_[1]) != std::string_view::npos) {
    result_.pattern += rest_.substr(0, 2);
    rest_.remove_prefix(2);
    return true;
  }
  const std::string_view before = rest_;
  char32_t low = 0;
  if (!class_rune(whole_class, low)) return false;
  append_rune(low);
  if (rest_.size() < 2 || rest_[0] != '-' || rest_[1] == ']') return true;
  rest_.remove_prefix(1);
  char32_t high = 0;
  if (!class_rune(whole_class, high)) return false;
  if (high < low) return fail(invalid_range, taken(before));
  result_.pattern += '-';
  append_rune(high);
  return true;
}

bool Translator::class_rune(std::string_view whole_class, char32_t& rune) {
  if (rest_.empty()) return fail("missing closing ]", whole_class);
  return rest_[0] == '\\' ? escape(rune) : next_rune(rune);
}

/// [:alpha:] within a class.
bool Translator::posix_class(bool& taken_one) {
  if (rest_.size() <= 2 || !rest_.starts_with("[:")) return true;
  const std::size_t end = rest_.find(":]", 2);
  if (end == std::string_view::npos) return true;
  const std::string_view name = rest_.substr(0, end + 2);
  if (!is_posix_class(name)) return fail(invalid_range, name);
  result_.pattern += name;
  rest_.remove_prefix(name.size());
  taken_one = true;
  return true;
}

/// \pL, \p{Greek}, \P{^Letter}.
bool Translator::unicode_class(bool& taken_one, bool in_brackets) {
  if (rest_.size() < 2 || rest_[0] != '\\' || (rest_[1] != 'p' && rest_[1] != 'P')) return true;
  const std::string_view before = rest_;
  bool negative = rest_[1] == 'P';
  rest_.remove_prefix(2);
  char32_t c = 0;
  if (!next_rune(c)) return false;
  std::string_view name = taken(before).substr(2);
  if (c == '{') {
    const std::size_t end = before.find('}');
    if (end == std::string_view::npos) return check_utf8(before) && fail(invalid_range, before);
    name = before.substr(3, end - 3);
    rest_ = before.substr(end + 1);
    if (!check_utf8(name)) return false;
  }
  if (name.starts_with('^')) {
    negative = !negative;
    name.remove_prefix(1);
  }
  if (!append_unicode_class(result_.pattern, name, negative, in_brackets)) return fail(invalid_range, taken(before));
  taken_one = true;
  return true;
}

}  // namespace

Translation translate(std::string_view pattern) { return Translator(pattern).run(); }

}  // namespace rhumb::regex
