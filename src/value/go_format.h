// The formatter of single operands: flags, width and precision around numbers and text, as fmt/format.go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rhumb::detail {

struct FormatFlags {
  bool has_width = false;
  bool has_precision = false;
  bool minus = false;
  bool plus = false;
  bool sharp = false;
  bool space = false;
  bool zero = false;
  // %+v and %#v: the flags of structs' field names and of Go's syntax, in place of plus and sharp.
  bool plus_v = false;
  bool sharp_v = false;
  int width = 0;
  int precision = 0;
};

class Formatter {
 public:
  /// Nothing is appended as long as all of it is how `known` begins.
  Formatter(std::string& out, std::size_t limit, std::string_view known = {})
      : out_(out), limit_(limit), known_(known), follows_known_(!known.empty()) {}

  FormatFlags flags;

  /// Nothing is asked for but the value.
  bool is_plain() const {
    return !(flags.has_width || flags.has_precision || flags.plus || flags.sharp || flags.space || flags.sharp_v);
  }

  /// Appends as it is; throws LimitError above the limit.
  void write(std::string_view text);
  /// Whether all that was written is `known`; nothing was appended then. What was the beginning of it is appended now.
  bool is_known();
  void write_rune(char32_t rune);

  /// Pads to the width, counted in runes.
  void pad(std::string_view text);
  void boolean(bool value) { pad(value ? "true" : "false"); }
  /// `digits` are 16 digits and the letter of the prefix.
  void integer(std::uint64_t value, unsigned base, bool is_signed, char32_t verb, std::string_view digits);
  /// The bytes as decimal numbers with a space between two, as integer() writes them while is_plain().
  void decimals(std::string_view bytes);
  void unicode(std::uint64_t value);
  void character(std::uint64_t value);
  void quoted_character(std::uint64_t value);
  void floating(double value, int bits, char format, int precision);
  void text(std::string_view value);
  void hex_text(std::string_view value, std::string_view digits);
  void quoted_text(std::string_view value);

  static constexpr std::string_view lower_digits = "0123456789abcdefx";
  static constexpr std::string_view upper_digits = "0123456789ABCDEFX";

 private:
  /// Throws LimitError when so many bytes more are above the limit.
  void make_room(std::size_t more);
  void leave_known();
  void write_padding(std::size_t count);
  void pad_without_zeros(std::string_view text);
  std::string_view truncated(std::string_view text) const;
  void restore_zeros(std::string& number, char format, int precision) const;

  std::string& out_;
  std::size_t limit_;
  std::string_view known_;
  std::size_t known_size_ = 0;  // of what was written while it was how `known_` begins
  bool follows_known_;
};

}  // namespace rhumb::detail
