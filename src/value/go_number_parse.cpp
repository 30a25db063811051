// Reading numbers as package strconv does.
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "rhumb/value/go_number.h"

namespace rhumb {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'f'; }

/// As underscoreOK: only between digits, or between a base prefix and a digit.
bool underscores_fit(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  char before = '^';
  bool hex = false;
  if (text.size() >= 2 && text[0] == '0' && (lower(text[1]) == 'b' || lower(text[1]) == 'o' || lower(text[1]) == 'x')) {
    hex = lower(text[1]) == 'x';
    before = '0';
    text.remove_prefix(2);
  }
  for (const char c : text) {
    if (is_digit(c) || (hex && is_hex_letter(c))) {
      before = '0';
    } else if (c == '_') {
      if (before != '0') return false;
      before = '_';
    } else {
      if (before == '_') return false;
      before = '!';
    }
  }
  return before != '_';
}

/// The base of a literal, and the text without its prefix.
int take_base(std::string_view& text) {
  if (text[0] != '0') return 10;
  const char letter = text.size() >= 3 ? lower(text[1]) : '\0';
  const int base = letter == 'b' ? 2 : letter == 'o' ? 8 : letter == 'x' ? 16 : 0;
  text.remove_prefix(base != 0 ? 2 : 1);
  return base != 0 ? base : 8;
}

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  const char letter = lower(c);
  return letter >= 'a' && letter <= 'z' ? letter - 'a' + 10 : 99;
}

/// The text that from_chars reads: decimal or hexadecimal digits without underscores, sign and prefix.
struct FloatText {
  bool ok = false;
  bool negative = false;
  bool hex = false;
  std::string digits;
};

/// As readFloat, without computing the number.
FloatText read_float(std::string_view text) {
  FloatText read;
  bool underscores = false;
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) read.negative = text[i++] == '-';
  if (i + 2 < text.size() && text[i] == '0' && lower(text[i + 1]) == 'x') {
    read.hex = true;
    i += 2;
  }
  bool dot = false;
  bool digits = false;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_') {
      underscores = true;
      continue;
    }
    if (c == '.' ? dot : !is_digit(c) && !(read.hex && is_hex_letter(c))) break;
    (c == '.' ? dot : digits) = true;
    read.digits += c;
  }
  if (!digits) return {};
  if (i < text.size() && lower(text[i]) == (read.hex ? 'p' : 'e')) {
    read.digits += read.hex ? 'p' : 'e';
    if (++i < text.size() && (text[i] == '+' || text[i] == '-')) read.digits += text[i++];
    if (i >= text.size() || !is_digit(text[i])) return {};
    for (; i < text.size() && (is_digit(text[i]) || text[i] == '_'); ++i) {
      if (text[i] == '_')
        underscores = true;
      else
        read.digits += text[i];
    }
  } else if (read.hex) {
    return {};
  }
  read.ok = i == text.size() && (!underscores || underscores_fit(text));
  return read;
}

/// inf, infinity and nan, with Go's mind about signs: none in front of nan.
std::optional<double> special_float(std::string_view text) {
  std::string word;
  for (const char c : text) word += lower(c);
  if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
  const bool negative = word.starts_with('-');
  if (negative || word.starts_with('+')) word.erase(0, 1);
  if (word != "inf" && word != "infinity") return std::nullopt;
  const double infinity = std::numeric_limits<double>::infinity();
  return negative ? -infinity : infinity;
}

/// Whether the digits before the exponent hold a number that is too large rather than too small to be represented:
/// from_chars says "out of range" for both.
bool is_large(const FloatText& read) {
  const std::size_t e = read.digits.find_first_of(read.hex ? "p" : "e");
  const std::string_view mantissa = std::string_view(read.digits).substr(0, e);
  const std::size_t first = mantissa.find_first_of("123456789abcdefABCDEF");
  if (first == std::string_view::npos) return false;
  std::string_view power = e == std::string::npos ? std::string_view("0") : std::string_view(read.digits).substr(e + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  int exponent = 0;
  const auto parsed = std::from_chars(power.data(), power.data() + power.size(), exponent);
  if (parsed.ec == std::errc::result_out_of_range) return !power.starts_with('-');
  const auto dot = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const std::int64_t places = dot - static_cast<std::int64_t>(first);
  return exponent + places * (read.hex ? 4 : 1) > 0;
}

template <typename Float>
ParsedNumber<double> convert(const FloatText& read) {
  Float value = 0;
  const char* const end = read.digits.data() + read.digits.size();
  const auto format = read.hex ? std::chars_format::hex : std::chars_format::general;
  const auto parsed = std::from_chars(read.digits.data(), end, value, format);
  NumberError error = NumberError::none;
  if (parsed.ec == std::errc::result_out_of_range) {
    const bool large = is_large(read);
    value = large ? std::numeric_limits<Float>::infinity() : 0;
    if (large) error = NumberError::range;
  }
  return {read.negative ? -static_cast<double>(value) : static_cast<double>(value), error};
}

}  // namespace

ParsedNumber<std::uint64_t> parse_uint(std::string_view text, int base, int bits) {
  if (text.empty()) return {0, NumberError::syntax};
  const std::string_view whole = text;
  const bool literal = base == 0;
  if (literal) base = take_base(text);
  const std::uint64_t largest = bits >= 64 ? UINT64_MAX : (std::uint64_t{1} << bits) - 1;
  const auto wide_base = static_cast<std::uint64_t>(base);
  bool underscores = false;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c == '_' && literal) {
      underscores = true;
      continue;
    }
    const int digit = digit_value(c);
    if (digit >= base) return {0, NumberError::syntax};
    if (value > UINT64_MAX / wide_base) return {largest, NumberError::range};
    value *= wide_base;
    const std::uint64_t sum = value + static_cast<std::uint64_t>(digit);
    if (sum < value || sum > largest) return {largest, NumberError::range};
    value = sum;
  }
  if (underscores && !underscores_fit(whole)) return {0, NumberError::syntax};
  return {value, NumberError::none};
}

ParsedNumber<std::int64_t> parse_int(std::string_view text, int base, int bits) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const ParsedNumber<std::uint64_t> size = parse_uint(text, base, bits);
  if (size.error == NumberError::syntax) return {0, size.error};
  const std::uint64_t cutoff = std::uint64_t{1} << (bits - 1);
  if (!negative && size.value >= cutoff) return {static_cast<std::int64_t>(cutoff - 1), NumberError::range};
  if (negative && size.value > cutoff) return {static_cast<std::int64_t>(0 - cutoff), NumberError::range};
  return {static_cast<std::int64_t>(negative ? 0 - size.value : size.value), NumberError::none};
}

ParsedNumber<double> parse_float(std::string_view text, int bits) {
  if (text.size() <= 9) {
    if (const auto value = special_float(text)) return {*value, NumberError::none};
  }
  const FloatText read = read_float(text);
  if (!read.ok) return {0, NumberError::syntax};
  return bits == 32 ? convert<float>(read) : convert<double>(read);
}

std::optional<bool> parse_bool(std::string_view text) {
  for (const std::string_view word : {"1", "t", "T", "true", "TRUE", "True"}) {
    if (text == word) return true;
  }
  for (const std::string_view word : {"0", "f", "F", "false", "FALSE", "False"}) {
    if (text == word) return false;
  }
  return std::nullopt;
}

std::string number_error(std::string_view function, std::string_view text, NumberError error) {
  std::string out = "strconv." + std::string(function) + ": parsing " + quote(text) + ": ";
  return out + (error == NumberError::range ? "value out of range" : "invalid syntax");
}

}  // namespace rhumb
