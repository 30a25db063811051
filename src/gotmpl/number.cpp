#include "gotmpl/number.h"

#include <cmath>

#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {
namespace {

constexpr double two_to_63 = 9223372036854775808.0;
constexpr double two_to_64 = 18446744073709551616.0;

bool fits_int(double value) { return value >= -two_to_63 && value < two_to_63 && std::trunc(value) == value; }
bool fits_uint(double value) { return value >= 0 && value < two_to_64 && std::trunc(value) == value; }

/// Sets the integers that a floating point number stands for, unless they are known.
void add_integers(NumberNode& number) {
  if (!number.is_int && fits_int(number.float_value)) {
    number.is_int = true;
    number.int_value = static_cast<std::int64_t>(number.float_value);
  }
  if (!number.is_uint && fits_uint(number.float_value)) {
    number.is_uint = true;
    number.uint_value = static_cast<std::uint64_t>(number.float_value);
  }
}

void simplify_complex(NumberNode& number) {
  number.is_float = number.complex_value.imaginary == 0;
  if (!number.is_float) return;
  number.float_value = number.complex_value.real;
  add_integers(number);
}

/// Cuts off a number as the floatToken of fmt's scanner: whatever may be one, from the front.
std::string_view take_float(std::string_view& text) {
  std::size_t at = 0;
  const auto accept = [&](std::string_view set) {
    if (at >= text.size() || set.find(text[at]) == std::string_view::npos) return false;
    ++at;
    return true;
  };
  const auto finish = [&] {
    const std::string_view token = text.substr(0, at);
    text.remove_prefix(at);
    return token;
  };
  accept("+-");
  if (accept("iI") && accept("nN") && accept("fF")) return finish();
  std::string_view digits = "0123456789_";
  std::string_view exponent = "eEpP";
  if (accept("0") && accept("xX")) {
    digits = "0123456789aAbBcCdDeEfF_";
    exponent = "pP";
  }
  while (accept(digits)) {
  }
  if (accept(".")) {
    while (accept(digits)) {
    }
  }
  if (accept(exponent)) {
    accept("+-");
    while (accept("0123456789_")) {
    }
  }
  return finish();
}

/// As fmt.Sscan into a complex128.
std::string scan_complex(std::string_view text, ComplexNumber& value) {
  constexpr const char* bad = "syntax error scanning complex number";
  const std::string_view real = take_float(text);
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return bad;
  std::string imaginary(1, text[0]);
  text.remove_prefix(1);
  imaginary += take_float(text);
  if (!text.starts_with('i')) return bad;
  for (const auto& [part, target] : {std::pair{real, &value.real}, {std::string_view(imaginary), &value.imaginary}}) {
    const ParsedNumber<double> parsed = parse_float(part);
    if (!parsed) return number_error("ParseFloat", part, parsed.error);
    *target = parsed.value;
  }
  return {};
}

std::string parse_char(std::string_view text, NumberNode& number) {
  const std::optional<UnquotedChar> unquoted = unquote_char(text.substr(1), text[0]);
  if (!unquoted) return "invalid syntax";
  if (unquoted->tail != "'") return "malformed character constant: " + std::string(text);
  number.is_int = number.is_uint = number.is_float = true;
  number.int_value = unquoted->value;
  number.uint_value = unquoted->value;
  number.float_value = unquoted->value;
  return {};
}

std::string parse_real(std::string_view text, NumberNode& number) {
  const ParsedNumber<std::uint64_t> as_uint = parse_uint(text, 0);
  const ParsedNumber<std::int64_t> as_int = parse_int(text, 0);
  number.is_uint = bool(as_uint) || (as_int && as_int.value == 0);  // -0 is unsigned too
  number.uint_value = as_uint ? as_uint.value : 0;
  number.is_int = bool(as_int);
  number.int_value = as_int ? as_int.value : 0;
  if (number.is_int || number.is_uint) {
    number.is_float = true;
    number.float_value = number.is_int ? static_cast<double>(number.int_value) : static_cast<double>(number.uint_value);
    return {};
  }
  const ParsedNumber<double> as_float = parse_float(text);
  if (!as_float) return "illegal number syntax: " + quote(text);
  if (text.find_first_of(".eEpP") == std::string_view::npos) return "integer overflow: " + quote(text);
  number.is_float = true;
  number.float_value = as_float.value;
  add_integers(number);
  return {};
}

}  // namespace

std::string parse_number(std::string_view text, TokenType type, NumberNode& number) {
  number.text = text;
  if (type == TokenType::char_constant) return parse_char(text, number);
  if (type == TokenType::complex) {
    std::string problem = scan_complex(text, number.complex_value);
    if (!problem.empty()) return problem;
    number.is_complex = true;
    simplify_complex(number);
    return {};
  }
  if (text.ends_with('i')) {
    if (const ParsedNumber<double> parsed = parse_float(text.substr(0, text.size() - 1))) {
      number.is_complex = true;
      number.complex_value = {0, parsed.value};
      simplify_complex(number);
      return {};
    }
  }
  return parse_real(text, number);
}

}  // namespace rhumb::gotmpl
