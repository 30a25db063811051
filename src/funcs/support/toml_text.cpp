#include "funcs/support/toml_text.h"

#include <algorithm>
#include <cmath>

#include "funcs/support/toml_runes.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

std::string_view without_first_break(std::string_view text) {
  if (text.starts_with('\n')) return text.substr(1);
  return text.starts_with("\r\n") ? text.substr(2) : text;
}

/// Removes each backslash at the end of a line, with the white space up to the next text.
std::string without_escaped_breaks(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      out += text[at++];
      continue;
    }
    if (at + 1 < text.size() && text[at + 1] == '\\') {
      out += text.substr(at, 2);
      at += 2;
      continue;
    }
    const std::size_t end = std::min(text.find_first_not_of(" \t\r\n", at + 1), text.size());
    if (text.substr(at, end - at).find('\n') == std::string_view::npos) {
      out += text[at++];
    } else {
      at = end;
    }
  }
  return out;
}

/// `\xHH`, `\uHHHH` or `\UHHHHHHHH`, which the lexer has looked at.
bool append_hex_escape(std::string& out, std::string_view digits, std::string& problem) {
  const auto code = parse_uint(digits, 16, 32);
  if (!utf8::valid_rune(static_cast<char32_t>(code.value))) {
    problem = "Escaped character '\\u" + std::string(digits) + "' is not valid UTF-8.";
    return false;
  }
  utf8::append(out, static_cast<char32_t>(code.value));
  return true;
}

/// The character that an escape of one letter stands for; NUL for other escapes.
char simple_escape(char letter) {
  constexpr std::string_view letters = "btnfre\"\\";
  constexpr std::string_view meanings = "\b\t\n\f\r\x1b\"\\";
  const std::size_t at = letters.find(letter);
  return at == std::string_view::npos ? '\0' : meanings[at];
}

std::string replace_escapes(std::string_view text, std::string& problem) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      out += text[at];
      continue;
    }
    const char letter = text[++at];
    if (const char meaning = simple_escape(letter)) {
      out += meaning;
      continue;
    }
    const std::size_t count = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    if (count == 0) {
      problem = std::string("invalid escape: '\\") + letter + "'";
      return {};
    }
    if (!append_hex_escape(out, text.substr(at + 1, count), problem)) return {};
    at += count;
  }
  return out;
}

bool periods_good(std::string_view number) {
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (number[i] != '.') continue;
    if (i + 1 == number.size() || !toml::is_digit(static_cast<unsigned char>(number[i + 1]))) return false;
  }
  return true;
}

}  // namespace

std::string toml_string(const TomlItem& item, std::string& problem) {
  switch (item.kind) {
    case TomlItemKind::string_with_escapes: return replace_escapes(item.text, problem);
    case TomlItemKind::multiline_string:
      return replace_escapes(without_escaped_breaks(without_first_break(item.text)), problem);
    case TomlItemKind::raw_multiline_string: return std::string(without_first_break(item.text));
    default: return std::string(item.text);
  }
}

bool toml_underscores_good(std::string_view number) {
  const std::string_view unsigned_text = number.substr(number.starts_with('+') || number.starts_with('-') ? 1 : 0);
  if (unsigned_text == "nan" || unsigned_text == "inf") return true;
  bool behind_digit = false;
  for (const char c : number) {
    if (c == '_' && !behind_digit) return false;
    behind_digit = toml::is_hex(static_cast<unsigned char>(c));
  }
  return behind_digit;
}

bool toml_leading_zero(std::string_view number) {
  if (number.size() > 1 && number[0] == '0') return number[1] != 'b' && number[1] != 'o' && number[1] != 'x';
  return number.size() > 2 && (number[0] == '-' || number[0] == '+') && number[1] == '0';
}

std::string toml_float(std::string_view text, double& out) {
  const std::string invalid = "Invalid float " + quote(text) + ": ";
  std::string_view first;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(".eE", at), text.size());
    const std::string_view part = text.substr(at, end - at);
    at = end + 1;
    if (part.empty()) continue;
    if (first.empty()) first = part;
    if (!toml_underscores_good(part)) return invalid + "underscores must be surrounded by digits";
  }
  if (toml_leading_zero(first)) return invalid + "cannot have leading zeroes";
  if (!periods_good(text)) return invalid + "'.' must be followed by one or more digits";
  std::string plain(text);
  std::erase(plain, '_');
  const bool is_nan = plain == "+nan" || plain == "-nan";
  const auto number = parse_float(is_nan ? "nan" : plain);
  if (number.error == NumberError::range) return std::string(text) + " is out of range for float64";
  if (!number) return "Invalid float value: " + quote(text);
  out = plain == "-nan" ? std::copysign(number.value, -1.0) : number.value;
  return {};
}

bool toml_zero_missing(std::string_view text, std::string_view layout) {
  for (std::size_t i = 0; i < layout.size(); ++i) {
    const char c = layout[i];
    if (c == '.' || c == 'Z') return false;
    if ((c < '0' || c > '9') && (i >= text.size() || text[i] != c)) return true;
  }
  return false;
}

}  // namespace rhumb::funcs
