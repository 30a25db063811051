#include "funcs/support/toml_lexer.h"

#include "funcs/support/toml_runes.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {

using namespace toml;

namespace {

std::string hex_byte(char32_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  return {'0', 'x', digits[value >> 4 & 15], digits[value & 15]};
}

std::string rune_or_end(char32_t rune) { return rune == end_of_input ? "end of file" : "'" + utf8::encode(rune) + "'"; }

}  // namespace

TomlItem TomlLexer::next_item() {
  while (items_.empty()) {
    if (state_.run == nullptr) return {TomlItemKind::end, {}, {}, line_};
    try {
      state_ = (this->*state_.run)();
    } catch (const Stop&) {
    }
  }
  TomlItem item = std::move(items_.front());
  items_.pop_front();
  return item;
}

TomlLexer::State TomlLexer::pop() {
  const State state = stack_.back();
  stack_.pop_back();
  return state;
}

void TomlLexer::emit(TomlItemKind kind) {
  items_.push_back({kind, current(), {}, line_});
  start_ = at_;
}

void TomlLexer::fail(std::string message, int line) {
  items_.push_back({TomlItemKind::error, {}, std::move(message), line});
  throw Stop{};
}

void TomlLexer::fail(std::string message) {
  const bool behind_break = at_end_ && at_ >= 1 && input_[at_ - 1] == '\n';
  fail(std::move(message), behind_break ? line_ - 1 : line_);
}

char32_t TomlLexer::next() {
  if (at_ >= input_.size()) {
    at_end_ = true;
    return end_of_input;
  }
  if (input_[at_] == '\n') ++line_;
  const utf8::Rune rune = utf8::decode(input_.substr(at_));
  if (rune.invalid()) fail("invalid UTF-8 byte: " + hex_byte(static_cast<unsigned char>(input_[at_])), line_);
  const bool lone_return = rune.value == '\r' && (at_ + 1 == input_.size() || input_[at_ + 1] != '\n');
  if (is_control(rune.value) || lone_return) {
    fail("TOML files cannot contain control characters: '" + hex_byte(rune.value) + "'", line_);
  }
  // Nothing backs up further than four runes.
  if (widths_.size() >= 64) widths_.erase(widths_.begin(), widths_.end() - 8);
  widths_.push_back(rune.width);
  at_ += rune.width;
  return rune.value;
}

void TomlLexer::backup() {
  if (at_end_) {
    at_end_ = false;
    return;
  }
  at_ -= widths_.back();
  widths_.pop_back();
  if (at_ < input_.size() && input_[at_] == '\n') --line_;
}

char32_t TomlLexer::peek() {
  const char32_t rune = next();
  backup();
  return rune;
}

bool TomlLexer::accept(char32_t rune) {
  if (next() == rune) return true;
  backup();
  return false;
}

void TomlLexer::skip_blanks() {
  while (is_blank(next())) {
  }
  backup();
  ignore();
}

// --- tables and keys ---

TomlLexer::State TomlLexer::top() {
  const char32_t rune = next();
  if (is_blank(rune) || is_break(rune)) {
    ignore();
    return {&TomlLexer::top};
  }
  switch (rune) {
    case '#': push(&TomlLexer::top); return {&TomlLexer::comment_start};
    case '[': return {&TomlLexer::table_start};
    case end_of_input: emit(TomlItemKind::end); return {};
    default: break;
  }
  backup();
  push(&TomlLexer::top_end);
  return {&TomlLexer::key_start};
}

TomlLexer::State TomlLexer::top_end() {
  const char32_t rune = next();
  if (rune == '#') {
    push(&TomlLexer::top);
    return {&TomlLexer::comment_start};
  }
  if (is_blank(rune)) return {&TomlLexer::top_end};
  if (is_break(rune)) {
    ignore();
    return {&TomlLexer::top};
  }
  if (rune == end_of_input) {
    emit(TomlItemKind::end);
    return {};
  }
  fail("expected a top-level item to end with a newline, comment, or EOF, but got " + quote_rune(rune) + " instead");
}

TomlLexer::State TomlLexer::table_start() {
  if (peek() == '[') {
    next();
    emit(TomlItemKind::table_array_start);
    push(&TomlLexer::table_array_end);
  } else {
    emit(TomlItemKind::table_start);
    push(&TomlLexer::table_end);
  }
  return {&TomlLexer::table_name_start};
}

TomlLexer::State TomlLexer::table_end() {
  emit(TomlItemKind::table_end);
  return {&TomlLexer::top_end};
}

TomlLexer::State TomlLexer::table_array_end() {
  const char32_t rune = next();
  if (rune != ']') {
    fail("expected end of table array name delimiter ']', but got " + quote_rune(rune) + " instead");
  }
  emit(TomlItemKind::table_array_end);
  return {&TomlLexer::top_end};
}

TomlLexer::State TomlLexer::table_name_start() {
  skip_blanks();
  const char32_t rune = peek();
  if (rune == ']' || rune == end_of_input) fail("unexpected end of table name (table names cannot be empty)");
  if (rune == '.') fail("unexpected table separator (table names cannot be empty)");
  push(&TomlLexer::table_name_end);
  return {rune == '"' || rune == '\'' ? &TomlLexer::quoted_name : &TomlLexer::bare_name};
}

TomlLexer::State TomlLexer::table_name_end() {
  skip_blanks();
  const char32_t rune = next();
  if (rune == ']') return pop();
  if (rune != '.') fail("expected '.' or ']' to end table name, but got " + quote_rune(rune) + " instead");
  ignore();
  return {&TomlLexer::table_name_start};
}

TomlLexer::State TomlLexer::bare_name() {
  if (is_bare_key(next())) return {&TomlLexer::bare_name};
  backup();
  emit(TomlItemKind::text);
  return pop();
}

TomlLexer::State TomlLexer::quoted_name() {
  const char32_t sign = next();  // one of the two quotes: the caller looked
  ignore();
  return {sign == '"' ? &TomlLexer::string : &TomlLexer::raw_string};
}

TomlLexer::State TomlLexer::key_start() {
  skip_blanks();
  const char32_t rune = peek();
  if (rune == '=' || rune == end_of_input) fail("unexpected '=': key name appears blank");
  if (rune == '.') fail("unexpected '.': keys cannot start with a '.'");
  emit(TomlItemKind::key_start);
  return {&TomlLexer::key_name_start};
}

TomlLexer::State TomlLexer::key_name_start() {
  skip_blanks();
  const char32_t rune = peek();
  if (rune == '=' || rune == end_of_input) fail("unexpected '='");
  if (rune == '.') fail("unexpected '.'");
  push(&TomlLexer::key_end);
  return {rune == '"' || rune == '\'' ? &TomlLexer::quoted_name : &TomlLexer::bare_name};
}

TomlLexer::State TomlLexer::key_end() {
  skip_blanks();
  const char32_t rune = next();
  if (rune == '.') {
    ignore();
    return {&TomlLexer::key_name_start};
  }
  if (rune == '=') {
    emit(TomlItemKind::key_end);
    return {&TomlLexer::value};
  }
  if (rune == end_of_input) fail("unexpected EOF; expected key separator '='");
  std::string message = "expected '.' or '=', but got " + quote_rune(rune) + " instead";
  if (rune == '\n') fail_on_line_before(std::move(message));
  fail(std::move(message));
}

// --- values ---

TomlLexer::State TomlLexer::value() {
  const char32_t rune = next();
  if (is_blank(rune)) {
    ignore();
    return {&TomlLexer::value};
  }
  if (is_digit(rune)) {
    backup();
    return {&TomlLexer::number_or_date_start};
  }
  switch (rune) {
    case '[':
      ignore();
      emit(TomlItemKind::array_start);
      return {&TomlLexer::array_value};
    case '{':
      ignore();
      emit(TomlItemKind::inline_table_start);
      return {&TomlLexer::inline_table_value};
    case '"': return string_value();
    case '\'': return raw_string_value();
    case '.': fail("floats must start with a digit, not '.'");
    case 'i':
    case 'n':
      if ((accept('n') && accept('f')) || (accept('a') && accept('n'))) {
        emit(TomlItemKind::floating);
        return pop();
      }
      break;
    case '-':
    case '+': return {&TomlLexer::decimal_number_start};
    default: break;
  }
  if (unicode::is_letter(rune)) {
    backup();
    return {&TomlLexer::boolean};
  }
  if (rune == end_of_input) fail("unexpected EOF; expected value");
  std::string message = "expected value but found " + quote_rune(rune) + " instead";
  if (rune == '\n') fail_on_line_before(std::move(message));
  fail(std::move(message));
}

TomlLexer::State TomlLexer::string_value() {
  if (accept('"')) {
    if (accept('"')) {
      ignore();
      return {&TomlLexer::multiline_string};
    }
    backup();
  }
  ignore();
  return {&TomlLexer::string};
}

TomlLexer::State TomlLexer::raw_string_value() {
  if (accept('\'')) {
    if (accept('\'')) {
      ignore();
      return {&TomlLexer::multiline_raw_string};
    }
    backup();
  }
  ignore();
  return {&TomlLexer::raw_string};
}

TomlLexer::State TomlLexer::array_value() {
  const char32_t rune = next();
  if (is_blank(rune) || is_break(rune)) {
    ignore();
    return {&TomlLexer::array_value};
  }
  if (rune == '#') {
    push(&TomlLexer::array_value);
    return {&TomlLexer::comment_start};
  }
  if (rune == ',') fail("unexpected comma");
  if (rune == ']') {
    ignore();
    emit(TomlItemKind::array_end);
    return pop();
  }
  backup();
  push(&TomlLexer::array_value_end);
  return {&TomlLexer::value};
}

TomlLexer::State TomlLexer::array_value_end() {
  const char32_t rune = next();
  if (is_blank(rune) || is_break(rune)) {
    ignore();
    return {&TomlLexer::array_value_end};
  }
  if (rune == '#') {
    push(&TomlLexer::array_value_end);
    return {&TomlLexer::comment_start};
  }
  ignore();
  if (rune == ',') return {&TomlLexer::array_value};
  if (rune != ']') {
    fail("expected a comma (',') or array terminator (']'), but got " + rune_or_end(rune));
  }
  emit(TomlItemKind::array_end);
  return pop();
}

TomlLexer::State TomlLexer::inline_table_value() {
  const char32_t rune = next();
  if (is_blank(rune) || is_break(rune)) {
    ignore();
    return {&TomlLexer::inline_table_value};
  }
  if (rune == '#') {
    push(&TomlLexer::inline_table_value);
    return {&TomlLexer::comment_start};
  }
  if (rune == ',') fail("unexpected comma");
  if (rune == '}') return inline_table_close();
  backup();
  push(&TomlLexer::inline_table_value_end);
  return {&TomlLexer::key_start};
}

TomlLexer::State TomlLexer::inline_table_value_end() {
  const char32_t rune = next();
  if (is_blank(rune) || is_break(rune)) {
    ignore();
    return {&TomlLexer::inline_table_value_end};
  }
  if (rune == '#') {
    push(&TomlLexer::inline_table_value_end);
    return {&TomlLexer::comment_start};
  }
  if (rune == ',') {
    ignore();
    skip_blanks();
    return {peek() == '}' ? &TomlLexer::inline_table_value_end : &TomlLexer::inline_table_value};
  }
  if (rune == '}') return inline_table_close();
  fail("expected a comma or an inline table terminator '}', but got " + rune_or_end(rune) + " instead");
}

TomlLexer::State TomlLexer::inline_table_close() {
  ignore();
  emit(TomlItemKind::inline_table_end);
  return pop();
}

TomlLexer::State TomlLexer::boolean() {
  const std::size_t from = at_;  // behind the start of the item where it might have been a float ("na")
  while (unicode::is_letter(next())) {
  }
  backup();
  const std::string_view word = input_.substr(from, at_ - from);
  if (word != "true" && word != "false") fail("expected value but found " + quote(word) + " instead");
  emit(TomlItemKind::boolean);
  return pop();
}

TomlLexer::State TomlLexer::comment_start() {
  ignore();
  emit(TomlItemKind::comment_start);
  return {&TomlLexer::comment};
}

TomlLexer::State TomlLexer::comment() {
  const char32_t rune = next();
  if (!is_break(rune) && rune != end_of_input) return {&TomlLexer::comment};
  backup();
  emit(TomlItemKind::text);
  return pop();
}

}  // namespace rhumb::funcs
