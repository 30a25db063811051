#include "rhumb/base/quote.h"

#include <cstdint>

#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"

namespace rhumb::strings {
namespace {

void append_hex(std::string& out, std::string_view prefix, std::uint32_t value, int digits) {
  out += prefix;
  for (int i = digits - 1; i >= 0; --i) out += "0123456789abcdef"[(value >> (4 * i)) & 15U];
}

void append_rune(std::string& out, char32_t rune) {
  constexpr std::string_view letters = "abtnvfr";  // of the controls 7 to 13
  if (rune == '"' || rune == '\\') {
    out += '\\';
    out += static_cast<char>(rune);
  } else if (unicode::is_print(rune)) {
    utf8::append(out, rune);
  } else if (rune >= 7 && rune <= 13) {
    out += '\\';
    out += letters[rune - 7];
  } else if (rune < ' ' || rune == 0x7F) {
    append_hex(out, "\\x", rune, 2);
  } else if (rune < 0x10000) {
    append_hex(out, "\\u", rune, 4);
  } else {
    append_hex(out, "\\U", rune, 8);
  }
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    if (rune.invalid()) {
      append_hex(out, "\\x", static_cast<unsigned char>(text[0]), 2);
    } else {
      append_rune(out, rune.value);
    }
    text.remove_prefix(rune.width);
  }
  out += '"';
}

std::string quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

}  // namespace rhumb::strings
