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
constexpr std::string_view space_chars = " \t\r\n";
constexpr std::uint32_t trim_marker_size = 2;  // the minus and the space beside it
constexpr std::string_view decimal = "0123456789_";
constexpr std::string_view hexadecimal = "0123456789abcdefABCDEF_";

bool has_left_trim_marker(std::string_view text) {
  return text.size() >= 2 && text[0] == '-' && is_template_space(static_cast<unsigned char>(text[1]));
}

bool has_right_trim_marker(std::string_view text) {
  return text.size() >= 2 && is_template_space(static_cast<unsigned char>(text[0])) && text[1] == '-';
}

std::uint32_t count_lines(std::string_view text) {
  return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
}

std::uint32_t right_trim_size(std::string_view text) {
  return static_cast<std::uint32_t>(text.size() - (text.find_last_not_of(space_chars) + 1));
}

std::uint32_t left_trim_size(std::string_view text) {
  return static_cast<std::uint32_t>(std::min(text.find_first_not_of(space_chars), text.size()));
}

bool is_alphanumeric(char32_t rune) {
  if (rune < 0x80) {
    const auto lower = rune | 0x20;
    return (lower >= 'a' && lower <= 'z') || (rune >= '0' && rune <= '9') || rune == '_';
  }
  return rune <= utf8::max_rune && (unicode::is_letter(rune) || unicode::is_digit(rune));
}

struct Keyword {
  std::string_view word;
  TokenType type;
};

constexpr Keyword keywords[] = {
    {"block", TokenType::block},
    {"break", TokenType::break_},
    {"continue", TokenType::continue_},
    {"define", TokenType::define},
    {"else", TokenType::else_},
    {"end", TokenType::end},
    {"if", TokenType::if_},
    {"range", TokenType::range},
    {"nil", TokenType::nil},
    {"template", TokenType::template_},
    {"with", TokenType::with},
    {"true", TokenType::boolean},
    {"false", TokenType::boolean},
};

/// Which bytes of ASCII are letters, digits or the underscore.
constexpr std::array<bool, 256> ascii_words = [] {
  std::array<bool, 256> words{};
  for (int byte = 0; byte < 0x80; ++byte) {
    const int lower = byte | 0x20;
    words[byte] = (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
  }
  return words;
}();

TokenType word_type(std::string_view word) {
  // The longest keyword has eight letters, and they begin with one of these.
  constexpr std::string_view begins = "bcdefintrw";
  if (word.size() < 2 || word.size() > 8 || begins.find(word[0]) == std::string_view::npos)
    return TokenType::identifier;
  for (const Keyword& keyword : keywords) {
    if (keyword.word == word) return keyword.type;
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

char32_t Lexer::next() {
  if (position_ >= input_.size()) {
    at_end_ = true;
    return no_more;
  }
  const auto byte = static_cast<unsigned char>(input_[position_]);
  if (byte < 0x80) {
    ++position_;
    if (byte == '\n') ++line_;
    return byte;
  }
  const utf8::Rune rune = utf8::decode(rest());
  position_ += static_cast<std::uint32_t>(rune.width);
  return rune.value;
}

void Lexer::backup() {
  if (at_end_ || position_ == 0) return;
  if (const auto byte = static_cast<unsigned char>(input_[position_ - 1]); byte < 0x80) {
    --position_;
    if (byte == '\n') --line_;
    return;
  }
  const utf8::Rune rune = utf8::decode_last(input_.substr(0, position_));
  position_ -= static_cast<std::uint32_t>(rune.width);
  if (rune.value == '\n') --line_;
}

char32_t Lexer::peek() {
  if (position_ < input_.size()) {
    if (const auto byte = static_cast<unsigned char>(input_[position_]); byte < 0x80) return byte;
  }
  const char32_t rune = next();
  backup();
  return rune;
}

bool Lexer::accept(std::string_view valid) {
  const char32_t rune = next();
  if (rune < 0x80 && valid.find(static_cast<char>(rune)) != std::string_view::npos) return true;
  backup();
  return false;
}

void Lexer::accept_run(std::string_view valid) {
  while (accept(valid)) {
  }
}

void Lexer::emit(TokenType type) {
  token_ = {type, start_, start_line_, input_.substr(start_, position_ - start_)};
  start_ = position_;
  start_line_ = line_;
  done_ = true;
}

/// Drops what was passed without next(), which has not counted its lines.
void Lexer::ignore() {
  line_ += count_lines(input_.substr(start_, position_ - start_));
  start_ = position_;
  start_line_ = line_;
}

void Lexer::fail(std::string message) {
  message_ = std::move(message);
  token_ = {TokenType::error, start_, start_line_, message_};
  start_ = 0;
  position_ = 0;
  input_ = {};
  done_ = true;
}

void Lexer::fail_at_character(std::string_view what, char32_t rune) {
  fail(fmt::format("{} {}", what, describe_rune(rune)));
}

Token Lexer::next_token() {
  token_ = {TokenType::eof, position_, start_line_, "EOF"};
  done_ = false;
  while (!done_) {
    if (inside_action_) {
      lex_inside_action();
    } else {
      lex_text();
    }
  }
  return token_;
}

void Lexer::lex_text() {
  const std::size_t found = input_.find(left_delim, position_);
  if (found == std::string_view::npos) {
    position_ = static_cast<std::uint32_t>(input_.size());
    if (position_ > start_) line_ += count_lines(input_.substr(start_));
    return emit(position_ > start_ ? TokenType::text : TokenType::eof);
  }
  if (found > position_) {
    position_ = static_cast<std::uint32_t>(found);
    const bool trims = has_left_trim_marker(input_.substr(found + left_delim.size()));
    const std::uint32_t trimmed = trims ? right_trim_size(input_.substr(start_, position_ - start_)) : 0;
    position_ -= trimmed;
    line_ += count_lines(input_.substr(start_, position_ - start_));
    const bool empty = position_ == start_;
    emit(TokenType::text);
    position_ += trimmed;
    ignore();
    if (!empty) return;
    done_ = false;
  }
  lex_left_delim();
}

void Lexer::lex_left_delim() {
  position_ += static_cast<std::uint32_t>(left_delim.size());
  const std::uint32_t marker = has_left_trim_marker(rest()) ? trim_marker_size : 0;
  if (input_.substr(position_ + marker).starts_with(left_comment)) {
    position_ += marker;
    ignore();
    if (!lex_comment()) fail("unclosed comment");
    return;
  }
  emit(TokenType::left_delim);
  inside_action_ = true;
  position_ += marker;
  ignore();
  paren_depth_ = 0;
}

/// Passes a comment; what follows is text again. False when it is not closed.
bool Lexer::lex_comment() {
  const std::size_t found = input_.find(right_comment, position_ + left_comment.size());
  if (found == std::string_view::npos) {
    position_ += static_cast<std::uint32_t>(left_comment.size());
    return false;
  }
  position_ = static_cast<std::uint32_t>(found + right_comment.size());
  bool trims = false;
  if (!at_right_delim(trims)) {
    fail("comment ends before closing delimiter");
    return true;
  }
  if (trims) position_ += trim_marker_size;
  position_ += static_cast<std::uint32_t>(right_delim.size());
  if (trims) position_ += left_trim_size(rest());
  ignore();
  return true;
}

bool Lexer::at_right_delim(bool& trims) const {
  trims = false;
  const std::string_view text = rest();
  if (text.empty() || (text[0] != right_delim[0] && !is_template_space(static_cast<unsigned char>(text[0]))))
    return false;
  trims = has_right_trim_marker(text) && text.substr(trim_marker_size).starts_with(right_delim);
  return trims || text.starts_with(right_delim);
}

void Lexer::lex_right_delim() {
  bool trims = false;
  at_right_delim(trims);
  if (trims) {
    position_ += trim_marker_size;
    ignore();
  }
  position_ += static_cast<std::uint32_t>(right_delim.size());
  emit(TokenType::right_delim);
  if (trims) {
    position_ += left_trim_size(rest());
    ignore();
  }
  inside_action_ = false;
}

void Lexer::lex_inside_action() {
  bool trims = false;
  if (at_right_delim(trims)) {
    if (paren_depth_ == 0) return lex_right_delim();
    return fail("unclosed left paren");
  }
  const char32_t rune = next();
  switch (rune) {
    case no_more: return fail("unclosed action");
    case ' ':
    case '\t':
    case '\r':
    case '\n':
      backup();  // in case it belongs to ` -}}`
      return lex_space();
    case '=': return emit(TokenType::assign);
    case ':':
      if (next() != '=') return fail("expected :=");
      return emit(TokenType::declare);
    case '|': return emit(TokenType::pipe);
    case '(': ++paren_depth_; return emit(TokenType::left_paren);
    case ')':
      if (--paren_depth_ < 0) return fail("unexpected right paren");
      return emit(TokenType::right_paren);
    default: return lex_operand(rune);
  }
}

/// The rest of lexInsideAction: what operands begin with. `rune` has been read.
void Lexer::lex_operand(char32_t rune) {
  switch (rune) {
    case '"': return lex_quoted('"', TokenType::string, "unterminated quoted string");
    case '\'': return lex_quoted('\'', TokenType::char_constant, "unterminated character constant");
    case '`': return lex_raw_quote();
    case '$': return lex_field_or_variable(TokenType::variable);
    case '.':
      if (position_ < input_.size() && (input_[position_] < '0' || input_[position_] > '9')) {
        return lex_field_or_variable(TokenType::field);
      }
      break;  // a number
    default: break;
  }
  if (rune == '.' || rune == '+' || rune == '-' || (rune >= '0' && rune <= '9')) {
    backup();
    return lex_number();
  }
  if (is_alphanumeric(rune)) {
    backup();
    return lex_identifier();
  }
  if (rune < 0x80 && unicode::is_print(rune)) return emit(TokenType::character);
  fail_at_character("unrecognized character in action:", rune);
}

void Lexer::lex_space() {
  const std::uint32_t begin = position_;
  while (is_template_space(peek())) next();
  const std::uint32_t count = position_ - begin;
  // The last blank may be the one of ` -}}`.
  const std::string_view from_last = input_.substr(position_ - 1);
  if (has_right_trim_marker(from_last) && from_last.substr(trim_marker_size).starts_with(right_delim)) {
    backup();
    if (count == 1) return lex_right_delim();
  }
  emit(TokenType::space);
}

/// Passes letters, digits and underscores; returns what stands behind them.
char32_t Lexer::pass_word() {
  while (position_ < input_.size() && ascii_words[static_cast<unsigned char>(input_[position_])]) ++position_;
  char32_t rune = next();
  while (is_alphanumeric(rune)) rune = next();
  backup();
  return rune;
}

void Lexer::lex_identifier() {
  const char32_t rune = pass_word();
  if (!at_terminator()) return fail_at_character("bad character", rune);
  const std::string_view word = input_.substr(start_, position_ - start_);
  TokenType type = word_type(word);
  if ((type == TokenType::break_ && !options_.break_is_keyword) ||
      (type == TokenType::continue_ && !options_.continue_is_keyword)) {
    type = TokenType::identifier;
  }
  emit(type);
}

/// The dot or dollar sign has been read.
void Lexer::lex_field_or_variable(TokenType type) {
  if (at_terminator()) return emit(type == TokenType::variable ? type : TokenType::dot);
  const char32_t rune = pass_word();
  if (!at_terminator()) return fail_at_character("bad character", rune);
  emit(type);
}

bool Lexer::at_terminator() {
  const char32_t rune = peek();
  if (is_template_space(rune)) return true;
  switch (rune) {
    case no_more:
    case '.':
    case ',':
    case '|':
    case ':':
    case ')':
    case '(': return true;
    default: return rest().starts_with(right_delim);
  }
}

/// A string or character constant; the first quote has been read. Its escapes are the parser's business.
void Lexer::lex_quoted(char quote, TokenType type, std::string_view message) {
  const char stops[] = {quote, '\\', '\n'};
  for (;;) {
    position_ = static_cast<std::uint32_t>(
        std::min(input_.find_first_of(std::string_view(stops, sizeof stops), position_), input_.size()));
    char32_t rune = next();
    if (rune == static_cast<char32_t>(quote)) return emit(type);
    if (rune == '\\') {
      rune = next();
      if (rune != no_more && rune != '\n') continue;
    }
    if (rune == no_more || rune == '\n') return fail(std::string(message));
  }
}

void Lexer::lex_raw_quote() {
  for (;;) {
    const char32_t rune = next();
    if (rune == '`') return emit(TokenType::raw_string);
    if (rune == no_more) return fail("unterminated raw quoted string");
  }
}

void Lexer::lex_number() {
  TokenType type = TokenType::number;
  bool good = scan_number();
  if (good) {
    const char32_t sign = peek();
    if (sign == '+' || sign == '-') {  // complex: 1+2i, without blanks
      type = TokenType::complex;
      good = scan_number() && input_[position_ - 1] == 'i';
    }
  }
  if (!good) return fail("bad number syntax: " + quote(input_.substr(start_, position_ - start_)));
  emit(type);
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
  if (!is_alphanumeric(peek())) return true;
  next();
  return false;
}

}  // namespace rhumb::gotmpl
