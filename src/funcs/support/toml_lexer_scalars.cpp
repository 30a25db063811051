// The states of TomlLexer that read strings, numbers and dates.
#include "funcs/support/toml_lexer.h"
#include "funcs/support/toml_runes.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {

using namespace toml;

// --- strings ---

TomlLexer::State TomlLexer::string() {
  const char32_t rune = next();
  if (rune == end_of_input) fail("unexpected EOF; expected '\"'");
  if (is_break(rune)) fail_on_line_before("strings cannot contain newlines");
  if (rune == '\\') {
    push(&TomlLexer::string);
    return {&TomlLexer::string_escape};
  }
  if (rune != '"') return {&TomlLexer::string};
  backup();
  emit(escaped_ ? TomlItemKind::string_with_escapes : TomlItemKind::string);
  escaped_ = false;
  next();
  ignore();
  return pop();
}

TomlLexer::State TomlLexer::raw_string() {
  const char32_t rune = next();
  if (rune == end_of_input) fail("unexpected EOF; expected \"'\"");
  if (is_break(rune)) fail_on_line_before("strings cannot contain newlines");
  if (rune != '\'') return {&TomlLexer::raw_string};
  backup();
  emit(TomlItemKind::raw_string);
  next();
  ignore();
  return pop();
}

TomlLexer::State TomlLexer::multiline_string() {
  const char32_t rune = next();
  if (rune == end_of_input) fail("unexpected EOF; expected '\"\"\"'");
  if (rune == '\\') return {&TomlLexer::multiline_escape};
  return rune == '"' ? multiline_quote() : State{&TomlLexer::multiline_string};
}

/// One quote of a multi-line string was read. Up to two more quotes may stand before the three that end it.
TomlLexer::State TomlLexer::multiline_quote() {
  if (!accept('"')) return {&TomlLexer::multiline_string};
  if (!accept('"')) {
    backup();
    return {&TomlLexer::multiline_string};
  }
  if (peek() == '"') {
    if (current().ends_with("\"\"\"\"\"") && !current().ends_with("\\\"\"\"\"\"")) fail("unexpected '\"\"\"\"\"\"'");
    backup();
    backup();
    return {&TomlLexer::multiline_string};
  }
  for (int i = 0; i < 3; ++i) backup();
  escaped_ = false;
  emit(TomlItemKind::multiline_string);
  for (int i = 0; i < 3; ++i) next();
  ignore();
  return pop();
}

TomlLexer::State TomlLexer::multiline_raw_string() {
  const char32_t rune = next();
  if (rune == end_of_input) fail("unexpected EOF; expected \"'''\"");
  if (rune != '\'' || !accept('\'')) return {&TomlLexer::multiline_raw_string};
  if (!accept('\'')) {
    backup();
    return {&TomlLexer::multiline_raw_string};
  }
  if (peek() == '\'') {
    if (current().ends_with("'''''")) fail("unexpected \"''''''\"");
    backup();
    backup();
    return {&TomlLexer::multiline_raw_string};
  }
  for (int i = 0; i < 3; ++i) backup();
  emit(TomlItemKind::raw_multiline_string);
  for (int i = 0; i < 3; ++i) next();
  ignore();
  return pop();
}

TomlLexer::State TomlLexer::multiline_escape() {
  if (is_break(next())) return {&TomlLexer::multiline_string};
  backup();
  push(&TomlLexer::multiline_string);
  return string_escape();
}

TomlLexer::State TomlLexer::string_escape() {
  escaped_ = true;
  const char32_t rune = next();
  switch (rune) {
    case 'x': take_hex_digits(2, "two hexadecimal digits after '\\x'"); return pop();
    case 'u': take_hex_digits(4, "four hexadecimal digits after '\\u'"); return pop();
    case 'U': take_hex_digits(8, "eight hexadecimal digits after '\\U'"); return pop();
    default: break;
  }
  if (rune != end_of_input && std::u32string_view(U"ebtnfr\" \t\\").find(rune) != std::u32string_view::npos)
    return pop();
  std::string message = "invalid escape in string '\\" + utf8::encode(rune) + "'";
  if (at_end_) fail_on_line_before(std::move(message));
  fail(std::move(message), line_);
}

void TomlLexer::take_hex_digits(int count, std::string_view name) {
  for (int i = 0; i < count; ++i) {
    if (!is_hex(next())) fail("expected " + std::string(name) + ", but got " + quote(current()) + " instead");
  }
}

// --- numbers and dates ---

TomlLexer::State TomlLexer::number_or_date_start() {
  return {next() == '0' ? &TomlLexer::base_number_or_date : &TomlLexer::number_or_date};
}

TomlLexer::State TomlLexer::number_or_date() {
  const char32_t rune = next();
  if (is_digit(rune)) return {&TomlLexer::number_or_date};
  switch (rune) {
    case '-':
    case ':': return {&TomlLexer::datetime};
    case '_': return {&TomlLexer::decimal_number};
    case '.':
    case 'e':
    case 'E': return {&TomlLexer::floating};
    default: break;
  }
  backup();
  emit(TomlItemKind::integer);
  return pop();
}

TomlLexer::State TomlLexer::base_number_or_date() {
  const char32_t rune = next();
  if (is_digit(rune)) return {&TomlLexer::number_or_date};
  switch (rune) {
    case '_': return {&TomlLexer::decimal_number};
    case '.':
    case 'e':
    case 'E': return {&TomlLexer::floating};
    case 'b':
    case 'o':
    case 'x': return based_integer_start(rune);
    default: break;
  }
  backup();
  emit(TomlItemKind::integer);
  return pop();
}

TomlLexer::State TomlLexer::based_integer_start(char32_t base) {
  const char32_t rune = peek();
  const auto not_a = [&](std::string_view kind) {
    fail("not " + std::string(kind) + " number: '" + std::string(current()) + utf8::encode(rune) + "'");
  };
  if (base == 'b') {
    if (!is_binary(rune)) not_a("a binary");
    return {&TomlLexer::based_integer<is_binary>};
  }
  if (base == 'o') {
    if (!is_octal(rune)) not_a("an octal");
    return {&TomlLexer::based_integer<is_octal>};
  }
  if (!is_hex(rune)) not_a("a hexadecimal");
  return {&TomlLexer::based_integer<is_hex>};
}

template <bool (*digit)(char32_t)>
TomlLexer::State TomlLexer::based_integer() {
  const char32_t rune = next();
  if (digit(rune) || rune == '_') return {&TomlLexer::based_integer<digit>};
  backup();
  emit(TomlItemKind::integer);
  return pop();
}

TomlLexer::State TomlLexer::datetime() {
  const char32_t rune = next();
  if (is_digit(rune)) return {&TomlLexer::datetime};
  if (rune != end_of_input && std::u32string_view(U"-:Tt .Zz+").find(rune) != std::u32string_view::npos) {
    return {&TomlLexer::datetime};
  }
  backup();
  items_.push_back({TomlItemKind::datetime, strings::trim_space(current()), {}, line_});
  start_ = at_;
  return pop();
}

TomlLexer::State TomlLexer::decimal_number() {
  const char32_t rune = next();
  if (is_digit(rune) || rune == '_') return {&TomlLexer::decimal_number};
  if (rune == '.' || rune == 'e' || rune == 'E') return {&TomlLexer::floating};
  backup();
  emit(TomlItemKind::integer);
  return pop();
}

TomlLexer::State TomlLexer::decimal_number_start() {
  const char32_t rune = next();
  switch (rune) {
    case 'i': return special_float("nf");
    case 'n': return special_float("an");
    case '0': {
      const char32_t base = peek();
      if (base == 'b' || base == 'o' || base == 'x') {
        fail("cannot use sign with non-decimal numbers: '" + std::string(current()) + utf8::encode(base) + "'");
      }
      break;
    }
    case '.': fail("floats must start with a digit, not '.'");
    default: break;
  }
  if (is_digit(rune)) return {&TomlLexer::decimal_number};
  fail("expected a digit but got " + quote_rune(rune));
}

TomlLexer::State TomlLexer::special_float(std::string_view rest) {
  for (const char c : rest) {
    if (!accept(static_cast<unsigned char>(c))) fail("invalid float: '" + std::string(current()) + "'");
  }
  emit(TomlItemKind::floating);
  return pop();
}

TomlLexer::State TomlLexer::floating() {
  const char32_t rune = next();
  if (is_digit(rune)) return {&TomlLexer::floating};
  if (rune != end_of_input && std::u32string_view(U"_.-+eE").find(rune) != std::u32string_view::npos) {
    return {&TomlLexer::floating};
  }
  backup();
  emit(TomlItemKind::floating);
  return pop();
}

}  // namespace rhumb::funcs
