#include "characters.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "rhumb/base/utf8.h"

namespace rhumb::yaml {
namespace {

/// The size of the printable ASCII at the start of a text, eight bytes at a time.
std::size_t printable_size(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  std::size_t at = 0;
  for (; at + sizeof ones <= text.size(); at += sizeof ones) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    // The high bit of a byte: not ASCII, DEL (that and one more), or below the blank (borrows from it).
    if (((word | (word + ones) | (word - ones * ' ')) & (ones * 0x80)) != 0) break;
  }
  while (at < text.size() && text[at] >= ' ' && text[at] <= '~') ++at;
  return at;
}

}  // namespace

std::optional<std::size_t> plain_characters(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t printable = printable_size(text);
    count += printable;
    text.remove_prefix(printable);
    if (text.empty()) break;
    const utf8::Rune rune = utf8::decode(text);
    const bool blank = rune.value == '\n' || rune.value == '\t' || rune.value == '\r';
    const bool printed = rune.value == 0x85 || (rune.value >= 0xA0 && rune.value != 0xFEFF && rune.value < 0xFFFE) ||
                         rune.value >= 0x10000;
    if (rune.invalid() || !(blank || printed)) return std::nullopt;
    ++count;
    text.remove_prefix(rune.width);
  }
  return count;
}

bool has_other_break(std::string_view text) {
  if (text.find('\r') != std::string_view::npos) return true;
  if (std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return false;
  return text.find("\xC2\x85") != std::string_view::npos || text.find("\xE2\x80\xA8") != std::string_view::npos ||
         text.find("\xE2\x80\xA9") != std::string_view::npos;
}

}  // namespace rhumb::yaml
