// UTF-8 as Go's package unicode/utf8: an invalid byte decodes to U+FFFD with a width of one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rhumb::utf8 {

inline constexpr char32_t rune_error = 0xFFFD;
inline constexpr char32_t max_rune = 0x10FFFF;

struct Rune {
  char32_t value = rune_error;
  /// Bytes taken: 0 at the end of the text, 1 for an invalid byte.
  std::size_t width = 0;

  /// An invalid byte, as opposed to a U+FFFD that was written.
  bool invalid() const { return value == rune_error && width == 1; }
};

namespace detail {
Rune decode_multibyte(std::string_view text);
Rune decode_last_multibyte(std::string_view text);
}  // namespace detail

/// The first rune, as utf8.DecodeRuneInString.
inline Rune decode(std::string_view text) {
  if (text.empty()) return {};
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return {first, 1};
  return detail::decode_multibyte(text);
}

/// The last rune, as utf8.DecodeLastRuneInString.
inline Rune decode_last(std::string_view text) {
  if (text.empty()) return {};
  const auto last = static_cast<unsigned char>(text.back());
  if (last < 0x80) return {last, 1};
  return detail::decode_last_multibyte(text);
}

/// Appends the rune; U+FFFD for surrogates and for what lies above max_rune, as utf8.AppendRune.
void append(std::string& out, char32_t rune);
std::string encode(char32_t rune);

bool valid(std::string_view text);
inline bool valid_rune(char32_t rune) { return rune < 0xD800 || (rune > 0xDFFF && rune <= max_rune); }
/// The number of runes; every invalid byte counts as one.
std::size_t rune_count(std::string_view text);
std::u32string to_runes(std::string_view text);
std::string from_runes(std::u32string_view runes);
/// A copy in which every invalid byte is U+FFFD, as string([]rune(text)).
std::string to_valid(std::string_view text);

/// for (const utf8::Rune rune : utf8::Runes(text)), as range over a string.
class Runes {
 public:
  class Iterator {
   public:
    explicit Iterator(std::string_view rest) : rest_(rest), rune_(decode(rest)) {}
    Rune operator*() const { return rune_; }
    Iterator& operator++() {
      rest_.remove_prefix(rune_.width);
      rune_ = decode(rest_);
      return *this;
    }
    bool operator!=(const Iterator& other) const { return rest_.size() != other.rest_.size(); }

   private:
    std::string_view rest_;
    Rune rune_;
  };

  explicit Runes(std::string_view text) : text_(text) {}
  Iterator begin() const { return Iterator(text_); }
  Iterator end() const { return Iterator(text_.substr(text_.size())); }

 private:
  std::string_view text_;
};

}  // namespace rhumb::utf8
