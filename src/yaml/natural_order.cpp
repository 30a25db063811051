// As keyList.Less of go-yaml v2.4.4 and (pretty) v3.0.5.
#include <algorithm>

#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::yaml {
namespace {

bool is_ascii_letter(char32_t rune) { return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z'; }
bool is_letter(char32_t rune) { return rune < 0x80 ? is_ascii_letter(rune) : unicode::is_letter(rune); }
bool is_digit(char32_t rune) { return rune < 0x80 ? rune >= '0' && rune <= '9' : unicode::is_digit(rune); }

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The start of the first rune in which the texts differ, or the end of the shorter one.
std::size_t first_difference(std::string_view a, std::string_view b) {
  const std::size_t length = std::min(a.size(), b.size());
  std::size_t at = 0;
  while (at < length && a[at] == b[at]) ++at;
  while (at > 0 && (continues(a, at) || continues(b, at))) --at;
  return at;
}

// Whether the digits right before the place hold one that is not 0.
bool in_number(std::string_view text, std::size_t at) {
  std::string_view before = text.substr(0, at);
  while (!before.empty()) {
    const utf8::Rune rune = utf8::decode_last(before);
    if (!is_digit(rune.value)) return false;
    if (rune.value != '0') return true;
    before.remove_suffix(rune.width);
  }
  return false;
}

struct DigitRun {
  std::uint64_t value;  // wraps, as in Go
  std::size_t length;   // in runes
};

DigitRun read_digits(std::string_view text, std::size_t at, std::uint64_t start) {
  DigitRun run{start, 0};
  for (const utf8::Rune rune : utf8::Runes(text.substr(at))) {
    if (!is_digit(rune.value)) break;
    run.value = run.value * 10 + (static_cast<std::uint64_t>(rune.value) - '0');
    ++run.length;
  }
  return run;
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b, bool pretty) {
  const std::size_t at = first_difference(a, b);
  if (at == a.size() || at == b.size()) return at == a.size() && at < b.size();
  const char32_t x = utf8::decode(a.substr(at)).value;
  const char32_t y = utf8::decode(b.substr(at)).value;
  const bool x_letter = is_letter(x);
  const bool y_letter = is_letter(y);
  if (x_letter && y_letter) return x < y;
  if (x_letter || y_letter) {
    const bool after_digit = pretty && at > 0 && is_digit(utf8::decode_last(a.substr(0, at)).value);
    return after_digit ? x_letter : y_letter;
  }
  const std::uint64_t start = (x == '0' || y == '0') && in_number(a, at) ? 1 : 0;
  const DigitRun p = read_digits(a, at, start);
  const DigitRun q = read_digits(b, at, start);
  if (p.value != q.value) return static_cast<std::int64_t>(p.value) < static_cast<std::int64_t>(q.value);
  if (p.length != q.length) return p.length < q.length;
  return x < y;
}

}  // namespace rhumb::yaml
