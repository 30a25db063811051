#include "funcs/support/base_text.h"

#include <cstdint>

namespace rhumb::funcs {
namespace {

constexpr std::string_view alphabet64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view alphabet32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Groups of `group` characters of `bits` bits each.
std::string encode(std::string_view bytes, std::string_view alphabet, unsigned bits, std::size_t group) {
  std::string out;
  out.reserve((bytes.size() * 8 / bits / group + 1) * group);
  std::uint32_t held = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    held = held << 8 | static_cast<unsigned char>(c);
    count += 8;
    for (; count >= bits; count -= bits) out += alphabet[held >> (count - bits) & ((1U << bits) - 1)];
  }
  if (count > 0) out += alphabet[held << (bits - count) & ((1U << bits) - 1)];
  while (out.size() % group != 0) out += '=';
  return out;
}

bool is_break(char c) { return c == '\n' || c == '\r'; }

/// The bytes of `count` characters of `bits` bits; what is left over is dropped.
void append_bytes(std::string& out, std::uint64_t value, unsigned count, unsigned bits) {
  unsigned held = count * bits;
  for (; held >= 8; held -= 8) out += static_cast<char>(value >> (held - 8) & 0xFF);
}

/// Where padding that starts at character `index` (2 or 3) of a group goes wrong; `at` stands behind its first sign.
std::optional<std::size_t> padding_error(std::string_view text, std::size_t at, unsigned index) {
  const auto skip_breaks = [&] {
    while (at < text.size() && is_break(text[at])) ++at;
  };
  if (index == 2) {
    skip_breaks();
    if (at == text.size()) return at;
    if (text[at] != '=') return at - 1;
    ++at;
  }
  skip_breaks();
  if (at < text.size()) return at;
  return std::nullopt;
}

std::string without_breaks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_break(c)) out += c;
  }
  return out;
}

/// Where padding that starts at character `index` of a group of eight goes wrong; `rest` stands behind its first sign,
/// `size` is that of the whole text.
std::optional<std::size_t> padding_error32(std::string_view rest, std::size_t size, std::size_t index) {
  if (rest.size() + index < 7) return size;
  for (std::size_t k = 0; k < 7 - index; ++k) {
    if (k < rest.size() && rest[k] != '=') return size - rest.size() + k - 1;
  }
  if (index == 3 || index == 6) return size - rest.size() - 1;
  return std::nullopt;
}

}  // namespace

std::string base64_text(std::string_view bytes) { return encode(bytes, alphabet64, 6, 4); }
std::string base32_text(std::string_view bytes) { return encode(bytes, alphabet32, 5, 8); }

DecodedBytes decode_base64(std::string_view text) {
  DecodedBytes decoded;
  std::uint64_t value = 0;
  unsigned held = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_break(c)) continue;
    if (const std::size_t digit = alphabet64.find(c); digit != std::string_view::npos) {
      value = value << 6 | digit;
      if (++held < 4) continue;
      append_bytes(decoded.bytes, value, held, 6);
      held = 0;
      continue;
    }
    if (c != '=' || held < 2) {
      decoded.error_at = at;
    } else {
      append_bytes(decoded.bytes, value, held, 6);
      decoded.error_at = padding_error(text, at + 1, held);
    }
    return decoded;
  }
  if (held > 0) decoded.error_at = text.size() - held;
  return decoded;
}

DecodedBytes decode_base32(std::string_view with_breaks) {
  const std::string text = without_breaks(with_breaks);
  DecodedBytes decoded;
  std::uint64_t value = 0;
  std::size_t held = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at + 1);
    if (text[at] == '=' && held >= 2 && rest.size() < 8) {
      decoded.error_at = padding_error32(rest, text.size(), held);
      append_bytes(decoded.bytes, value, static_cast<unsigned>(held), 5);
      return decoded;
    }
    const std::size_t digit = alphabet32.find(text[at]);
    if (digit == std::string_view::npos) {
      decoded.error_at = at;
      return decoded;
    }
    value = value << 5 | digit;
    if (++held < 8) continue;
    append_bytes(decoded.bytes, value, 8, 5);
    held = 0;
  }
  if (held > 0) decoded.error_at = text.size() - held;
  return decoded;
}

}  // namespace rhumb::funcs
