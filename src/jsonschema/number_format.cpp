#include "jsonschema/number_format.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "rhumb/value/go_number.h"

namespace rhumb::jsonschema {
namespace {

// From here on, and below its inverse, numbers get an exponent.
constexpr int large_exponent = 6;
constexpr int small_exponent = -4;

constexpr std::array<std::string_view, 10> superscripts = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

std::string grouped(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string superscript(int exponent) {
  std::string out = exponent < 0 ? "⁻" : "";
  std::string digits = std::to_string(std::abs(exponent));
  if (digits.size() < 2) digits.insert(0, 1, '0');
  for (const char c : digits) out += superscripts[static_cast<std::size_t>(c - '0')];
  return out;
}

/// The significant digits with the point behind `whole` of them.
std::string pointed(std::string_view digits, int whole) {
  if (whole <= 0) return "0." + std::string(static_cast<std::size_t>(-whole), '0') + std::string(digits);
  const auto size = static_cast<std::size_t>(whole);
  if (digits.size() <= size) return grouped(std::string(digits) + std::string(size - digits.size(), '0'));
  return grouped(digits.substr(0, size)) + "." + std::string(digits.substr(size));
}

}  // namespace

std::string english(std::int64_t value) {
  std::string digits = std::to_string(value);
  const bool negative = digits[0] == '-';
  return (negative ? "-" : "") + grouped(std::string_view(digits).substr(negative ? 1 : 0));
}

std::string english(double value) {
  if (std::isnan(value)) return "NaN";
  const std::string sign = std::signbit(value) ? "-" : "";
  if (std::isinf(value)) return sign + "∞";
  if (value == 0) return sign + "0";
  const std::string text = format_float(std::fabs(value), 'e', -1);  // d.ddde+dd
  const std::size_t e = text.find('e');
  std::string digits = text.substr(0, 1);
  if (e > 2) digits += text.substr(2, e - 2);
  const int exponent = static_cast<int>(parse_int(text.substr(e + (text[e + 1] == '+' ? 2 : 1))).value);
  if (exponent < small_exponent || exponent >= large_exponent) {
    return sign + pointed(digits, 1) + "×10" + superscript(exponent);
  }
  return sign + pointed(digits, exponent + 1);
}

}  // namespace rhumb::jsonschema
