// Quoted text and the names of durations, months and weekdays.
#include <array>
#include <cstdint>

#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb {
namespace {

void append_hex(std::string& out, std::uint32_t value, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += "0123456789abcdef"[value >> shift & 15];
}

/// The letter behind the backslash of a control character, 0 when it has none.
char short_escape(char32_t rune) {
  switch (rune) {
    case '\a': return 'a';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '\v': return 'v';
    default: return '\0';
  }
}

/// As appendEscapedRune. The rune is valid.
void append_escaped(std::string& out, char32_t rune, char delimiter, bool ascii_only) {
  if (rune == static_cast<char32_t>(delimiter) || rune == '\\') {
    out += {'\\', static_cast<char>(rune)};
  } else if ((!ascii_only || rune < 0x80) && unicode::is_print(rune)) {
    utf8::append(out, rune);
  } else if (const char letter = short_escape(rune)) {
    out += {'\\', letter};
  } else if (rune < ' ' || rune == 0x7F) {
    out += "\\x";
    append_hex(out, rune, 2);
  } else if (rune < 0x10000) {
    out += "\\u";
    append_hex(out, rune, 4);
  } else {
    out += "\\U";
    append_hex(out, rune, 8);
  }
}

void append_quoted_with(std::string& out, std::string_view text, bool ascii_only) {
  out.reserve(out.size() + text.size() + 2);
  out += '"';
  for (; !text.empty();) {
    const utf8::Rune rune = utf8::decode(text);
    if (rune.invalid()) {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(text[0]), 2);
    } else {
      append_escaped(out, rune.value, '"', ascii_only);
    }
    text.remove_prefix(rune.width);
  }
  out += '"';
}

std::string quote_rune_with(char32_t rune, bool ascii_only) {
  std::string out = "'";
  append_escaped(out, utf8::valid_rune(rune) ? rune : utf8::rune_error, '\'', ascii_only);
  return out += '\'';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// \xHH, \uHHHH, \UHHHHHHHH; `text` starts behind the letter.
std::optional<UnquotedChar> unquote_hex(std::string_view text, char letter) {
  const std::size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
  if (text.size() < digits) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return std::nullopt;
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  text.remove_prefix(digits);
  if (letter == 'x') return UnquotedChar{value, false, text};
  if (!utf8::valid_rune(value)) return std::nullopt;
  return UnquotedChar{value, true, text};
}

/// \ooo; `text` starts at the first digit.
std::optional<UnquotedChar> unquote_octal(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 3)) {
    if (c < '0' || c > '7') return std::nullopt;
    value = value << 3 | static_cast<std::uint32_t>(c - '0');
  }
  if (value > 255) return std::nullopt;
  return UnquotedChar{value, false, text.substr(3)};
}

std::optional<std::string> unquote_raw(std::string_view inner) {
  if (inner.find('`') != std::string_view::npos) return std::nullopt;
  std::string out;
  for (const char c : inner) {
    if (c != '\r') out += c;
  }
  return out;
}

/// The digits of a duration's whole part and of its fraction of so many digits, without trailing zeros.
std::string with_fraction(std::uint64_t value, int digits) {
  std::uint64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  std::string out = std::to_string(value / unit);
  std::string fraction = std::to_string(value % unit);
  if (value % unit == 0) return out;
  fraction.insert(0, static_cast<std::size_t>(digits) - fraction.size(), '0');
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return out + "." + fraction;
}

std::string size_of_duration(std::uint64_t value) {
  constexpr std::uint64_t second = 1'000'000'000;
  if (value == 0) return "0s";
  if (value < 1'000) return std::to_string(value) + "ns";
  if (value < 1'000'000) return with_fraction(value, 3) + "\u00b5s";
  if (value < second) return with_fraction(value, 6) + "ms";
  const std::string seconds = with_fraction(value % (60 * second), 9) + "s";
  const std::uint64_t minutes = value / (60 * second);
  if (minutes == 0) return seconds;
  const std::string rest = std::to_string(minutes % 60) + "m" + seconds;
  return minutes < 60 ? rest : std::to_string(minutes / 60) + "h" + rest;
}

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};

// The numbers of what has no name are printed as unsigned.
std::string nameless(std::string_view type, std::int64_t number) {
  return "%!" + std::string(type) + "(" + std::to_string(static_cast<std::uint64_t>(number)) + ")";
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) { append_quoted_with(out, text, false); }

std::string quote(std::string_view text) {
  std::string out;
  append_quoted_with(out, text, false);
  return out;
}

std::string quote_to_ascii(std::string_view text) {
  std::string out;
  append_quoted_with(out, text, true);
  return out;
}

std::string quote_rune(char32_t rune) { return quote_rune_with(rune, false); }
std::string quote_rune_to_ascii(char32_t rune) { return quote_rune_with(rune, true); }

bool can_backquote(std::string_view text) {
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (rune.width > 1 ? rune.value == 0xFEFF : rune.invalid()) return false;
    if ((rune.value < ' ' && rune.value != '\t') || rune.value == '`' || rune.value == 0x7F) return false;
  }
  return true;
}

std::optional<UnquotedChar> unquote_char(std::string_view text, char quote) {
  if (text.empty()) return std::nullopt;
  const char first = text[0];
  if (first == quote && (quote == '\'' || quote == '"')) return std::nullopt;
  if (first != '\\') {
    const utf8::Rune rune = utf8::decode(text);
    return UnquotedChar{rune.value, static_cast<unsigned char>(first) >= 0x80, text.substr(rune.width)};
  }
  if (text.size() == 1) return std::nullopt;
  const char letter = text[1];
  const std::string_view rest = text.substr(2);
  switch (letter) {
    case 'a': return UnquotedChar{'\a', false, rest};
    case 'b': return UnquotedChar{'\b', false, rest};
    case 'f': return UnquotedChar{'\f', false, rest};
    case 'n': return UnquotedChar{'\n', false, rest};
    case 'r': return UnquotedChar{'\r', false, rest};
    case 't': return UnquotedChar{'\t', false, rest};
    case 'v': return UnquotedChar{'\v', false, rest};
    case '\\': return UnquotedChar{'\\', false, rest};
    case '\'':
    case '"':
      if (letter != quote) return std::nullopt;
      return UnquotedChar{static_cast<char32_t>(letter), false, rest};
    case 'x':
    case 'u':
    case 'U': return unquote_hex(rest, letter);
    default: return unquote_octal(text.substr(1));
  }
}

std::optional<std::string> unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != text.back()) return std::nullopt;
  const char delimiter = text.front();
  std::string_view rest = text.substr(1, text.size() - 2);
  if (delimiter == '`') return unquote_raw(rest);
  if ((delimiter != '"' && delimiter != '\'') || rest.find('\n') != std::string_view::npos) return std::nullopt;
  std::string out;
  std::size_t characters = 0;
  for (; !rest.empty(); ++characters) {
    const std::optional<UnquotedChar> next = unquote_char(rest, delimiter);
    if (!next) return std::nullopt;
    if (next->value < 0x80 || !next->multibyte) {
      out += static_cast<char>(next->value);
    } else {
      utf8::append(out, next->value);
    }
    rest = next->tail;
  }
  if (delimiter == '\'' && characters > 1) return std::nullopt;
  return out;
}

std::string duration_string(std::int64_t nanoseconds) {
  const auto size = static_cast<std::uint64_t>(nanoseconds);
  return nanoseconds < 0 ? "-" + size_of_duration(0 - size) : size_of_duration(size);
}

std::string month_string(std::int64_t month) {
  if (month < 1 || month > 12) return nameless("Month", month);
  return std::string(months[static_cast<std::size_t>(month - 1)]);
}

std::string weekday_string(std::int64_t weekday) {
  if (weekday < 0 || weekday > 6) return nameless("Weekday", weekday);
  return std::string(weekdays[static_cast<std::size_t>(weekday)]);
}

}  // namespace rhumb
