#include "gotmpl/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {
namespace {

constexpr std::string_view left_delim = "{{";
constexpr std::string_view right_delim = "}}";
constexpr std::string_view left_comment = "/*";
constexpr std::string_view right_comment = "*/";
constexpr std::uint32_t trim_marker_size = 2;  // the minus and the space beside it
constexpr std::string_view decimal = "0123456789_";
constexpr std::string_view hexadecimal = "0123456789abcdefABCDEF_";

/// What a byte may be to the lexer, as bits.
enum ByteClass : std::uint8_t {
  blank = 1,
  word = 2,          // a letter, a digit or the underscore
  ends_word = 4,     // may follow a field, a variable or an identifier
  ends_number = 8,   // no number goes on with it
  stops_quoted = 16  // matters between quotes
};

constexpr std::array<std::uint8_t, 256> byte_classes = [] {
  std::array<std::uint8_t, 256> classes{};
  for (int byte = 0; byte < 0x80; ++byte) {
    const int lower = byte | 0x20;
    if ((lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') || byte == '_') classes[byte] |= word;
  }
  for (const char byte : {' ', '\t', '\r', '\n'}) classes[byte] |= blank | ends_word | ends_number;
  for (const char byte : {',', '|', ':', ')', '('}) classes[byte] |= ends_word | ends_number;
  classes['.'] |= ends_word;
  classes['}'] |= ends_number;
  for (const char byte : {'"', '\'', '\\', '\n'}) classes[byte] |= stops_quoted;
  for (int byte = 0x80; byte < 0x100; ++byte) classes[byte] |= stops_quoted;
  return classes;
}();

bool is(char byte, ByteClass which) { return (byte_classes[static_cast<unsigned char>(byte)] & which) != 0; }

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool is_alphanumeric(char32_t rune) {
  if (rune < 0x80) return is(static_cast<char>(rune), word);
  return rune <= utf8::max_rune && (unicode::is_letter(rune) || unicode::is_digit(rune));
}

struct Keyword {
  std::string_view word;
  TokenType type;
};

/// Sorted.
constexpr std::array<Keyword, 13> keywords{{
    {"block", TokenType::block},
    {"break", TokenType::break_},
    {"continue", TokenType::continue_},
    {"define", TokenType::define},
    {"else", TokenType::else_},
    {"end", TokenType::end},
    {"false", TokenType::boolean},
    {"if", TokenType::if_},
    {"nil", TokenType::nil},
    {"range", TokenType::range},
    {"template", TokenType::template_},
    {"true", TokenType::boolean},
    {"with", TokenType::with},
}};

/// By a word's first byte: where the keywords that begin with it start.
constexpr std::array<std::uint8_t, 256> keyword_starts = [] {
  std::array<std::uint8_t, 256> starts{};
  starts.fill(keywords.size());
  for (std::size_t i = keywords.size(); i-- > 0;) {
    starts[static_cast<unsigned char>(keywords[i].word[0])] = static_cast<std::uint8_t>(i);
  }
  return starts;
}();

TokenType word_type(std::string_view word) {
  for (std::size_t i = keyword_starts[static_cast<unsigned char>(word[0])];
       i < keywords.size() && keywords[i].word[0] == word[0]; ++i) {
    if (keywords[i].word == word) return keywords[i].type;
  }
  return TokenType::identifier;
}

/// As the verb %#U.
std::string describe_rune(char32_t rune) {
  std::string text = fmt::format("U+{:04X}", static_cast<std::uint32_t>(rune));
  if (unicode::is_print(rune)) {
    text += " '";
    utf8::append(text, rune);
    text += '\'';
  }
  return text;
}

/// The first ten runes.
std::string_view shortened(std::string_view text) {
  std::size_t size = 0;
  for (int count = 0; count < 10 && size < text.size(); ++count) size += utf8::decode(text.substr(size)).width;
  return text.substr(0, size);
}

}  // namespace

std::string describe(const Token& token) {
  if (token.type == TokenType::eof) return "EOF";
  if (token.type == TokenType::error) return std::string(token.text);
  if (token.type >= TokenType::block) return fmt::format("<{}>", token.text);
  if (token.text.size() > 10) return quote(shortened(token.text)) + "...";
  return quote(token.text);
}

std::uint32_t line_of(std::string_view text, std::uint32_t position) {
  const std::string_view before = text.substr(0, position);
  return 1 + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
}

bool Lexer::starts_at(std::size_t position, std::string_view two) const {
  return position + 1 < input_.size() && input_[position] == two[0] && input_[position + 1] == two[1];
}

/// The minus and the blank behind an opening delimiter.
bool Lexer::left_trim_marker_at(std::size_t position) const {
  return position + 1 < input_.size() && input_[position] == '-' && is(input_[position + 1], blank);
}

/// The rune that comes next.
char32_t Lexer::rune() const {
  return position_ < input_.size() ? utf8::decode(input_.substr(position_)).value : no_more;
}

void Lexer::pass_rune() { position_ += static_cast<std::uint32_t>(utf8::decode(input_.substr(position_)).width); }

void Lexer::pass_blanks() {
  while (position_ < input_.size() && is(input_[position_], blank)) ++position_;
}

bool Lexer::accept(std::string_view valid) {
  if (position_ >= input_.size() || valid.find(input_[position_]) == std::string_view::npos) return false;
  ++position_;
  return true;
}

void Lexer::accept_run(std::string_view valid) {
  while (accept(valid)) {
  }
}

/// A token of so many bytes.
void Lexer::emit_bytes(TokenType type, std::uint32_t size) {
  position_ = start_ + size;
  emit(type);
}

void Lexer::emit_string(TokenType type, std::size_t end, bool plain) {
  position_ = static_cast<std::uint32_t>(end);
  emit(type);
  token_.plain = plain;
}

void Lexer::fail(std::string message) {
  message_ = std::move(message);
  token_ = {TokenType::error, false, start_, message_};
  position_ = 0;
  input_ = {};
}

void Lexer::fail_at_character(std::string_view what) { fail(fmt::format("{} {}", what, describe_rune(rune()))); }

void Lexer::lex_text() {
  do {
    start_ = position_;
    const std::size_t found = starts_at(position_, left_delim) ? position_ : input_.find(left_delim, position_);
    if (found == std::string_view::npos) {
      position_ = static_cast<std::uint32_t>(input_.size());
      return emit(position_ > start_ ? TokenType::text : TokenType::eof);
    }
    std::size_t end = found;
    if (left_trim_marker_at(found + left_delim.size())) {
      while (end > start_ && is(input_[end - 1], blank)) --end;
    }
    if (end > start_) emit_bytes(TokenType::text, static_cast<std::uint32_t>(end - start_));
    position_ = static_cast<std::uint32_t>(found);
    if (end > start_) return;
  } while (!lex_left_delim());
}

/// False when it began a comment, which is no token: what follows is text again.
bool Lexer::lex_left_delim() {
  start_ = position_;
  emit_bytes(TokenType::left_delim, left_delim.size());
  if (left_trim_marker_at(position_)) position_ += trim_marker_size;
  if (starts_at(position_, left_comment)) return !pass_comment();
  inside_action_ = true;
  paren_depth_ = 0;
  return true;
}

/// False when the comment is in error.
bool Lexer::pass_comment() {
  start_ = position_;
  const std::size_t found = input_.find(right_comment, position_ + left_comment.size());
  if (found == std::string_view::npos) {
    fail("unclosed comment");
    return false;
  }
  position_ = static_cast<std::uint32_t>(found + right_comment.size());
  const bool trims = trimming_delim_at(position_);
  if (!trims && !starts_at(position_, right_delim)) {
    fail("comment ends before closing delimiter");
    return false;
  }
  position_ += static_cast<std::uint32_t>(right_delim.size());
  if (!trims) return true;
  position_ += trim_marker_size;
  pass_blanks();
  return true;
}

/// A blank, the minus and the closing delimiter.
bool Lexer::trimming_delim_at(std::size_t position) const {
  return position + 3 < input_.size() && input_[position + 1] == '-' && is(input_[position], blank) &&
         starts_at(position + trim_marker_size, right_delim);
}

void Lexer::lex_right_delim(bool trims) {
  if (paren_depth_ != 0) return fail("unclosed left paren");
  if (trims) start_ += trim_marker_size;
  emit_bytes(TokenType::right_delim, right_delim.size());
  if (trims) pass_blanks();
  inside_action_ = false;
}

void Lexer::lex_inside_action() {
  start_ = position_;
  if (position_ >= input_.size()) return fail("unclosed action");
  const char byte = input_[position_];
  switch (byte) {
    case ' ':
    case '\t':
    case '\r':
    case '\n': return lex_space();
    case '=': return emit_bytes(TokenType::assign, 1);
    case ':':
      if (!starts_at(position_, ":=")) return fail("expected :=");
      return emit_bytes(TokenType::declare, 2);
    case '|': return emit_bytes(TokenType::pipe, 1);
    case '(': ++paren_depth_; return emit_bytes(TokenType::left_paren, 1);
    case ')':
      if (--paren_depth_ < 0) return fail("unexpected right paren");
      return emit_bytes(TokenType::right_paren, 1);
    case '}':
      if (starts_at(position_, right_delim)) return lex_right_delim(false);
      return emit_bytes(TokenType::character, 1);
    default: return lex_operand(byte);
  }
}

/// The rest of lexInsideAction: what operands begin with.
void Lexer::lex_operand(char byte) {
  switch (byte) {
    case '"': return lex_quoted('"', TokenType::string, "unterminated quoted string");
    case '\'': return lex_quoted('\'', TokenType::char_constant, "unterminated character constant");
    case '`': return lex_raw_quote();
    case '$': return lex_field_or_variable(TokenType::variable);
    case '.':
      if (position_ + 1 < input_.size() && !is_digit(input_[position_ + 1])) {
        return lex_field_or_variable(TokenType::field);
      }
      return lex_number();
    case '+':
    case '-': return lex_number();
    default: break;
  }
  if (is_digit(byte)) return lex_number();
  const char32_t next = rune();
  if (is_alphanumeric(next)) return lex_identifier();
  if (next < 0x80 && unicode::is_print(next)) return emit_bytes(TokenType::character, 1);
  fail_at_character("unrecognized character in action:");
}

void Lexer::lex_space() {
  std::size_t end = start_ + 1;
  while (end < input_.size() && is(input_[end], blank)) ++end;
  // The last blank may be the one of ` -}}`.
  if (trimming_delim_at(end - 1)) {
    --end;
    if (end == start_) return lex_right_delim(true);
  }
  emit_bytes(TokenType::space, static_cast<std::uint32_t>(end - start_));
}

/// Passes letters, digits and underscores.
void Lexer::pass_word() {
  while (position_ < input_.size()) {
    const char byte = input_[position_];
    if (is(byte, word)) {
      ++position_;
    } else if (static_cast<unsigned char>(byte) >= 0x80 && is_alphanumeric(rune())) {
      pass_rune();
    } else {
      return;
    }
  }
}

void Lexer::lex_identifier() {
  pass_word();
  if (!at_terminator()) return fail_at_character("bad character");
  emit(TokenType::identifier);
  const TokenType type = word_type(token_.text);
  if ((type == TokenType::break_ && !options_.break_is_keyword) ||
      (type == TokenType::continue_ && !options_.continue_is_keyword)) {
    return;
  }
  token_.type = type;
}

/// At the dot or dollar sign.
void Lexer::lex_field_or_variable(TokenType type) {
  ++position_;
  if (at_terminator()) return emit(type == TokenType::variable ? type : TokenType::dot);
  pass_word();
  if (!at_terminator()) return fail_at_character("bad character");
  emit(type);
}

bool Lexer::at_terminator() const {
  return position_ >= input_.size() || is(input_[position_], ends_word) || starts_at(position_, right_delim);
}

/// A string or character constant. Its escapes are the parser's business.
void Lexer::lex_quoted(char quote, TokenType type, std::string_view message) {
  bool plain = true;
  for (std::size_t at = start_ + 1; at < input_.size(); ++at) {
    const char byte = input_[at];
    if (!is(byte, stops_quoted)) continue;
    if (byte == quote) return emit_string(type, at + 1, plain);
    if (byte == '\n') break;
    if (byte == '\\') {
      ++at;
      if (at < input_.size() && input_[at] == '\n') break;
    }
    if (byte != '"' && byte != '\'') plain = false;  // an escape, or beyond ASCII, where bytes may be invalid
  }
  fail(std::string(message));
}

/// What stands in raw quotes is taken as it is, but for carriage returns.
void Lexer::lex_raw_quote() {
  const std::size_t end = input_.find('`', start_ + 1);
  if (end == std::string_view::npos) return fail("unterminated raw quoted string");
  const bool plain = input_.substr(start_, end - start_).find('\r') == std::string_view::npos;
  emit_string(TokenType::raw_string, end + 1, plain);
}

void Lexer::lex_number() {
  if (pass_decimal()) return emit(TokenType::number);
  TokenType type = TokenType::number;
  bool good = scan_number();
  if (good && position_ < input_.size() && (input_[position_] == '+' || input_[position_] == '-')) {
    type = TokenType::complex;  // 1+2i, without blanks
    good = scan_number() && input_[position_ - 1] == 'i';
  }
  if (!good) return fail("bad number syntax: " + quote(input_.substr(start_, position_ - start_)));
  emit(type);
}

/// Takes what most numbers are: digits, and nothing behind them that could belong to a number.
bool Lexer::pass_decimal() {
  std::size_t end = position_;
  while (end < input_.size() && is_digit(input_[end])) ++end;
  const bool whole =
      end < input_.size() && is(input_[end], ends_number) && (input_[position_] != '0' || end == position_ + 1);
  if (whole) position_ = static_cast<std::uint32_t>(end);
  return whole;
}

/// Takes what may be a number: it accepts "089" and "0x0.2" too, which the parser refuses.
bool Lexer::scan_number() {
  accept("+-");
  std::string_view digits = decimal;
  if (accept("0")) {
    if (accept("xX")) {
      digits = hexadecimal;
    } else if (accept("oO")) {
      digits = "01234567_";
    } else if (accept("bB")) {
      digits = "01_";
    }
  }
  accept_run(digits);
  if (accept(".")) accept_run(digits);
  const bool exponent = digits == decimal ? accept("eE") : digits == hexadecimal && accept("pP");
  if (exponent) {
    accept("+-");
    accept_run(decimal);
  }
  accept("i");
  if (!is_alphanumeric(rune())) return true;
  pass_rune();
  return false;
}

}  // namespace rhumb::gotmpl
