#include "rhumb/base/utf8.h"

namespace rhumb::utf8 {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/// What the first byte of a sequence asks for: its length (0 for none) and the range of the second byte, which is what
/// keeps out surrogates, overlong forms and code points that are too large.
struct Lead {
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {};
}

}  // namespace

namespace detail {

Rune decode_multibyte(std::string_view text) {
  const unsigned char first = byte_at(text, 0);
  const Lead lead = lead_of(first);
  if (lead.length == 0 || text.size() < lead.length) return {rune_error, 1};
  const unsigned char second = byte_at(text, 1);
  if (second < lead.low || second > lead.high) return {rune_error, 1};
  char32_t value = first & (0x7FU >> lead.length);
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (!is_continuation(byte_at(text, i))) return {rune_error, 1};
    value = value << 6 | (byte_at(text, i) & 0x3FU);
  }
  return {value, lead.length};
}

Rune decode_last_multibyte(std::string_view text) {
  for (std::size_t width = 2; width <= 4 && width <= text.size(); ++width) {
    const std::string_view tail = text.substr(text.size() - width);
    if (is_continuation(byte_at(tail, 0))) continue;
    const Rune rune = decode(tail);
    return rune.width == width ? rune : Rune{rune_error, 1};
  }
  return {rune_error, 1};
}

}  // namespace detail

void append(std::string& out, char32_t rune) {
  if (!valid_rune(rune)) rune = rune_error;
  const auto tail = [rune](int shift) { return static_cast<char>(0x80 | (rune >> shift & 0x3F)); };
  if (rune < 0x80) {
    out += static_cast<char>(rune);
  } else if (rune < 0x800) {
    out += {static_cast<char>(0xC0 | rune >> 6), tail(0)};
  } else if (rune < 0x10000) {
    out += {static_cast<char>(0xE0 | rune >> 12), tail(6), tail(0)};
  } else {
    out += {static_cast<char>(0xF0 | rune >> 18), tail(12), tail(6), tail(0)};
  }
}

std::string encode(char32_t rune) {
  std::string out;
  append(out, rune);
  return out;
}

bool valid(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = decode(text);
    if (rune.invalid()) return false;
    text.remove_prefix(rune.width);
  }
  return true;
}

std::size_t rune_count(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(decode(text).width);
  return count;
}

std::u32string to_runes(std::string_view text) {
  std::u32string runes;
  runes.reserve(text.size());
  for (const Rune rune : Runes(text)) runes += rune.value;
  return runes;
}

std::string from_runes(std::u32string_view runes) {
  std::string out;
  out.reserve(runes.size());
  for (const char32_t rune : runes) append(out, rune);
  return out;
}

std::string to_valid(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const Rune rune : Runes(text)) append(out, rune.value);
  return out;
}

}  // namespace rhumb::utf8
