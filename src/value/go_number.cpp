// Floats: format_float and its readers. Digits come from std::to_chars, which gives the shortest and the exactly
// rounded ones as Go does; the notation around them is put together here as internal/strconv/ftoa.go does.
#include "rhumb/value/go_number.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>
#include <vector>

namespace rhumb {
namespace {

/// 0.d1d2d3... * 10^point, without trailing zeros; none for zero.
struct Decimal {
  std::string digits;
  int point = 0;
};

Decimal decimal_from(std::string_view scientific) {
  Decimal decimal;
  const std::size_t e = scientific.find('e');
  for (const char c : scientific.substr(0, e)) {
    if (c >= '0' && c <= '9') decimal.digits += c;
  }
  int exponent = 0;
  std::string_view tail = scientific.substr(e + 1);
  if (tail.starts_with('+')) tail.remove_prefix(1);
  std::from_chars(tail.data(), tail.data() + tail.size(), exponent);
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  decimal.point = decimal.digits.empty() ? 0 : exponent + 1;
  return decimal;
}

/// The fewest digits that read back as the value.
Decimal shortest(double value, int bits) {
  char buffer[64];
  const auto end = bits == 32 ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(value),
                                              std::chars_format::scientific)
                              : std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  return decimal_from({buffer, end.ptr});
}

// No double has more significant digits than this; what is asked for beyond are zeros.
constexpr int most_digits = 800;

/// `count` (at least one) significant digits, exactly rounded.
Decimal rounded(double value, int count) {
  std::vector<char> buffer(static_cast<std::size_t>(most_digits) + 32);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific,
                                 std::min(count, most_digits) - 1);
  return decimal_from({buffer.data(), end.ptr});
}

/// Rounded to so many digits behind the point.
Decimal rounded_at(double value, int places) {
  std::vector<char> buffer(2048);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed,
                                 std::min(places, 1100));
  const std::string_view text(buffer.data(), end.ptr);
  const std::size_t dot = std::min(text.find('.'), text.size());
  Decimal decimal;
  for (const char c : text) {
    if (c != '.') decimal.digits += c;
  }
  const std::size_t zeros = std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
  decimal.digits.erase(0, zeros);
  decimal.point = static_cast<int>(dot) - static_cast<int>(zeros);
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  if (decimal.digits.empty()) decimal.point = 0;
  return decimal;
}

void append_exponent(std::string& out, int exponent) {
  out += exponent < 0 ? '-' : '+';
  const int size = std::abs(exponent);
  if (size < 10) out += '0';
  out += std::to_string(size);
}

/// -d.ddde±dd with `precision` digits behind the point.
void append_scientific(std::string& out, const Decimal& decimal, int precision, char letter) {
  out += decimal.digits.empty() ? '0' : decimal.digits[0];
  if (precision > 0) {
    out += '.';
    const auto wanted = static_cast<std::size_t>(precision);
    const std::string_view rest = std::string_view(decimal.digits).substr(decimal.digits.empty() ? 0 : 1, wanted);
    out += rest;
    out.append(wanted - rest.size(), '0');
  }
  out += letter;
  append_exponent(out, decimal.digits.empty() ? 0 : decimal.point - 1);
}

/// -ddd.ddd with `precision` digits behind the point.
void append_fixed(std::string& out, const Decimal& decimal, int precision) {
  const int count = static_cast<int>(decimal.digits.size());
  const auto digit = [&](int at) { return at >= 0 && at < count ? decimal.digits[static_cast<std::size_t>(at)] : '0'; };
  if (decimal.point <= 0) out += '0';
  for (int i = 0; i < decimal.point; ++i) out += digit(i);
  if (precision <= 0) return;
  out += '.';
  for (int i = 0; i < precision; ++i) out += digit(decimal.point + i);
}

/// %g: scientific below 1e-4 and from 10^precision on; 10^6 for the shortest digits.
void append_general(std::string& out, double value, char format, int precision, int bits) {
  const bool is_shortest = precision < 0;
  const int asked = precision == 0 ? 1 : precision;
  const Decimal decimal = is_shortest ? shortest(value, bits) : rounded(value, asked);
  const int count = static_cast<int>(decimal.digits.size());
  int limit = asked;
  if (limit > count && count >= decimal.point) limit = count;
  if (is_shortest) limit = 6;
  const int exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= limit) {
    const int digits = is_shortest || asked > count ? count : asked;
    return append_scientific(out, decimal, digits - 1, static_cast<char>(format - 'g' + 'e'));
  }
  append_fixed(out, decimal, std::max(count - decimal.point, 0));
}

struct Parts {
  std::uint64_t mantissa;
  int exponent;  // of the unit of the mantissa's first fraction: value = mantissa / 2^mantissa_bits * 2^exponent
  int mantissa_bits;
};

template <typename Bits>
Parts split_bits(Bits raw, int mantissa_bits, int exponent_bits) {
  const int bias = -(1 << (exponent_bits - 1)) + 1;
  const int exponent = static_cast<int>(raw >> mantissa_bits & ((Bits{1} << exponent_bits) - 1));
  const std::uint64_t mantissa = raw & ((Bits{1} << mantissa_bits) - 1);
  if (exponent == 0) return {mantissa, 1 + bias, mantissa_bits};
  return {mantissa | std::uint64_t{1} << mantissa_bits, exponent + bias, mantissa_bits};
}

Parts parts_of(double value, int bits) {
  if (bits == 32) return split_bits(std::bit_cast<std::uint32_t>(static_cast<float>(value)), 23, 8);
  return split_bits(std::bit_cast<std::uint64_t>(value), 52, 11);
}

/// %b: mantissa and power of two in decimal.
void append_binary(std::string& out, double value, int bits) {
  const Parts parts = parts_of(value, bits);
  const int exponent = parts.exponent - parts.mantissa_bits;
  out += std::to_string(parts.mantissa) + 'p' + (exponent >= 0 ? "+" : "") + std::to_string(exponent);
}

/// %x: 0x1.8p+01.
void append_hexadecimal(std::string& out, double value, char format, int precision, int bits) {
  const char* const digits = format == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
  constexpr std::uint64_t one = std::uint64_t{1} << 60;
  const Parts parts = parts_of(value, bits);
  std::uint64_t mantissa = parts.mantissa << (60 - parts.mantissa_bits);
  int exponent = mantissa == 0 ? 0 : parts.exponent;
  for (; mantissa != 0 && (mantissa & one) == 0; mantissa <<= 1) --exponent;
  if (precision >= 0 && precision < 15) {
    const int shift = precision * 4;
    const std::uint64_t lost = (mantissa << shift) & (one - 1);
    mantissa >>= 60 - shift;
    if ((lost | (mantissa & 1)) > one / 2) ++mantissa;
    mantissa <<= 60 - shift;
    if ((mantissa & one << 1) != 0) {
      mantissa >>= 1;
      ++exponent;
    }
  }
  out += {'0', format, static_cast<char>('0' + (mantissa >> 60 & 1))};
  mantissa <<= 4;
  const auto next = [&] {
    out += digits[mantissa >> 60 & 15];
    mantissa <<= 4;
  };
  if (precision < 0 && mantissa != 0) {
    out += '.';
    while (mantissa != 0) next();
  } else if (precision > 0) {
    out += '.';
    for (int i = 0; i < precision; ++i) next();
  }
  out += format == 'x' ? 'p' : 'P';
  append_exponent(out, exponent);
}

}  // namespace

void append_float(std::string& out, double value, char format, int precision, int bits) {
  if (bits == 32) value = static_cast<float>(value);
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value > 0 ? "+Inf" : "-Inf";
    return;
  }
  if (std::signbit(value)) out += '-';
  value = std::fabs(value);
  const bool is_shortest = precision < 0;
  switch (format) {
    case 'b': return append_binary(out, value, bits);
    case 'x':
    case 'X': return append_hexadecimal(out, value, format, precision, bits);
    case 'e':
    case 'E': {
      const Decimal decimal =
          is_shortest ? shortest(value, bits) : rounded(value, std::min(precision, most_digits) + 1);
      const int digits = is_shortest ? std::max(static_cast<int>(decimal.digits.size()) - 1, 0) : precision;
      return append_scientific(out, decimal, digits, format);
    }
    case 'f': {
      const Decimal decimal = is_shortest ? shortest(value, bits) : rounded_at(value, precision);
      const int digits = is_shortest ? std::max(static_cast<int>(decimal.digits.size()) - decimal.point, 0) : precision;
      return append_fixed(out, decimal, digits);
    }
    default: return append_general(out, value, format, precision, bits);
  }
}

std::string format_float(double value, char format, int precision, int bits) {
  std::string out;
  append_float(out, value, format, precision, bits);
  return out;
}

std::string json_float(double value, int bits) {
  const double size = std::fabs(value);
  const bool small = bits == 32 ? static_cast<float>(size) < 1e-6F : size < 1e-6;
  const bool large = bits == 32 ? static_cast<float>(size) >= 1e21F : size >= 1e21;
  if (size == 0 || (!small && !large)) return format_float(value, 'f', -1, bits);
  std::string text = format_float(value, 'e', -1, bits);
  // e-09 becomes e-9.
  const std::size_t n = text.size();
  if (n >= 4 && text[n - 4] == 'e' && (text[n - 3] == '-') && text[n - 2] == '0') text.erase(n - 2, 1);
  return text;
}

}  // namespace rhumb
