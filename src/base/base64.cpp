#include "rhumb/base/base64.h"

#include <array>
#include <cstdint>

namespace rhumb {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> make_digits() {
  std::array<std::int8_t, 256> digits{};
  digits.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    digits[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return digits;
}

constexpr std::array<std::int8_t, 256> digit_values = make_digits();

std::uint32_t byte_at(std::string_view data, std::size_t at) {
  return at < data.size() ? static_cast<unsigned char>(data[at]) : 0;
}

}  // namespace

void append_base64(std::string& out, std::string_view data) {
  for (std::size_t i = 0; i < data.size(); i += 3) {
    const std::uint32_t bits = byte_at(data, i) << 16 | byte_at(data, i + 1) << 8 | byte_at(data, i + 2);
    out += alphabet[bits >> 18];
    out += alphabet[bits >> 12 & 63];
    out += i + 1 < data.size() ? alphabet[bits >> 6 & 63] : '=';
    out += i + 2 < data.size() ? alphabet[bits & 63] : '=';
  }
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned digits = 0;
  unsigned padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') {
      if (digits + padding < 2 || digits + padding >= 4) return std::nullopt;
      ++padding;
      continue;
    }
    const std::int8_t value = digit_values[static_cast<unsigned char>(c)];
    if (value < 0 || padding > 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (++digits < 4) continue;
    out += {static_cast<char>(bits >> 16), static_cast<char>(bits >> 8), static_cast<char>(bits)};
    digits = 0;
    bits = 0;
  }
  if (digits == 0 && padding == 0) return out;
  if (digits + padding != 4) return std::nullopt;
  out += static_cast<char>(bits >> (digits == 2 ? 4 : 10));
  if (digits == 3) out += static_cast<char>(bits >> 2);
  return out;
}

}  // namespace rhumb
