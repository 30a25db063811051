#include "value/go_format.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "rhumb/base/limits.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::detail {
namespace {

/// The digits of a number, at least `least` of them.
std::string digits_of(std::uint64_t value, unsigned base, std::string_view digits, std::size_t least) {
  std::string text;
  do {
    text += digits[value % base];
    value /= base;
  } while (value != 0);
  if (text.size() < least) text.append(least - text.size(), '0');
  std::reverse(text.begin(), text.end());
  return text;
}

/// A byte in decimal and the space behind it; what is left of the four says nothing.
struct ByteText {
  std::array<char, 4> text{};
  std::uint8_t size = 0;
};

constexpr std::array<ByteText, 256> make_byte_texts() {
  std::array<ByteText, 256> texts{};
  for (unsigned byte = 0; byte < texts.size(); ++byte) {
    ByteText& made = texts[byte];
    for (unsigned unit = 100; unit > 0; unit /= 10) {
      if (byte >= unit || unit == 1) made.text[made.size++] = static_cast<char>('0' + byte / unit % 10);
    }
    made.text[made.size++] = ' ';
  }
  return texts;
}

constexpr std::array<ByteText, 256> byte_texts = make_byte_texts();

constexpr std::size_t large_text = std::size_t{1} << 20;
constexpr std::size_t room_of_large_text = std::size_t{32} << 20;

}  // namespace

void Formatter::make_room(std::size_t more) {
  if (more > limit_ || out_.size() > limit_ - more) {
    throw LimitError("a printed text exceeds the limit of " + std::to_string(limit_) + " bytes");
  }
  // What has grown this far would be twice in memory each time it grew; room that nobody writes to takes none.
  if (out_.size() + more >= large_text && out_.capacity() - out_.size() < more) {
    out_.reserve(std::max(room_of_large_text, 2 * (out_.size() + more)));
  }
}

void Formatter::write(std::string_view text) {
  if (follows_known_) {
    if (known_.substr(known_size_, text.size()) == text) {
      known_size_ += text.size();
      return;
    }
    leave_known();
  }
  make_room(text.size());
  out_ += text;
}

void Formatter::leave_known() {
  follows_known_ = false;
  write(known_.substr(0, known_size_));
}

bool Formatter::is_known() {
  if (follows_known_ && known_size_ < known_.size()) leave_known();
  return follows_known_;
}

void Formatter::write_rune(char32_t rune) { write(utf8::encode(rune)); }

void Formatter::write_padding(std::size_t count) { write(std::string(count, flags.zero && !flags.minus ? '0' : ' ')); }

void Formatter::pad(std::string_view text) {
  if (!flags.has_width || flags.width == 0) return write(text);
  const std::size_t size = utf8::rune_count(text);
  const auto width = static_cast<std::size_t>(flags.width);
  const std::size_t padding = width > size ? width - size : 0;
  if (!flags.minus) write_padding(padding);
  write(text);
  if (flags.minus) write_padding(padding);
}

void Formatter::pad_without_zeros(std::string_view text) {
  const bool zero = std::exchange(flags.zero, false);
  pad(text);
  flags.zero = zero;
}

void Formatter::integer(std::uint64_t value, unsigned base, bool is_signed, char32_t verb, std::string_view digits) {
  const bool negative = is_signed && static_cast<std::int64_t>(value) < 0;
  if (negative) value = 0 - value;
  int least = 0;
  if (flags.has_precision) {
    least = flags.precision;
    // A precision of zero prints nothing for zero, but keeps the width.
    if (least == 0 && value == 0) return pad_without_zeros("");
  } else if (flags.zero && !flags.minus && flags.has_width) {
    least = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
  }
  std::string text = digits_of(value, base, digits, least > 0 ? static_cast<std::size_t>(least) : 0);
  if (flags.sharp) {
    if (base == 2) text.insert(0, "0b");
    if (base == 8 && text[0] != '0') text.insert(0, "0");
    if (base == 16) text.insert(0, {'0', digits[16]});
  }
  if (verb == 'O') text.insert(0, "0o");
  if (negative)
    text.insert(0, "-");
  else if (flags.plus)
    text.insert(0, "+");
  else if (flags.space)
    text.insert(0, " ");
  pad_without_zeros(text);
}

void Formatter::decimals(std::string_view bytes) {
  if (bytes.empty()) return;
  char piece[4096];
  char* at = piece;
  for (const char byte : bytes) {
    const ByteText& text = byte_texts[static_cast<unsigned char>(byte)];
    if (static_cast<std::size_t>(piece + sizeof piece - at) < text.text.size()) {
      write({piece, at});
      at = piece;
    }
    std::memcpy(at, text.text.data(), text.text.size());
    at += text.size;
  }
  write({piece, at - 1});  // no space behind the last one
}

void Formatter::unicode(std::uint64_t value) {
  const int least = flags.has_precision && flags.precision > 4 ? flags.precision : 4;
  std::string text = "U+" + digits_of(value, 16, upper_digits, static_cast<std::size_t>(least));
  if (flags.sharp && value <= utf8::max_rune && unicode::is_print(static_cast<char32_t>(value))) {
    text += " '" + utf8::encode(static_cast<char32_t>(value)) + "'";
  }
  pad_without_zeros(text);
}

void Formatter::character(std::uint64_t value) {
  pad(utf8::encode(value > utf8::max_rune ? utf8::rune_error : static_cast<char32_t>(value)));
}

void Formatter::quoted_character(std::uint64_t value) {
  const char32_t rune = value > utf8::max_rune ? utf8::rune_error : static_cast<char32_t>(value);
  pad(flags.plus ? quote_rune_to_ascii(rune) : quote_rune(rune));
}

void Formatter::floating(double value, int bits, char format, int precision) {
  if (flags.has_precision) precision = flags.precision;
  std::string number = format_float(value, format, precision, bits);
  if (number[0] != '-' && number[0] != '+') number.insert(0, "+");
  if (flags.space && number[0] == '+' && !flags.plus) number[0] = ' ';
  if (number[1] == 'I' || number[1] == 'N') {
    if (number[1] == 'N' && !flags.space && !flags.plus) number.erase(0, 1);
    return pad_without_zeros(number);
  }
  if (flags.sharp && format != 'b') restore_zeros(number, format, precision);
  if (!flags.plus && number[0] == '+') return pad(std::string_view(number).substr(1));
  // The sign stands before the zeros that fill up the width.
  if (flags.zero && !flags.minus && flags.has_width && static_cast<std::size_t>(flags.width) > number.size()) {
    write(std::string_view(number).substr(0, 1));
    write_padding(static_cast<std::size_t>(flags.width) - number.size());
    return write(std::string_view(number).substr(1));
  }
  pad(number);
}

/// The sharp flag: a decimal point always, and for %g the trailing zeros. `number` starts with its sign.
void Formatter::restore_zeros(std::string& number, char format, int precision) const {
  int missing = 0;
  if (format == 'g' || format == 'G' || format == 'x') missing = precision == -1 ? 6 : precision;
  const bool hex = format == 'x' || format == 'X';
  const std::size_t end = std::min(number.find_first_of(hex ? "pP" : "eE"), number.size());
  const std::string tail = number.substr(end);
  number.resize(end);
  bool significant = false;
  bool point = false;
  for (const char c : std::string_view(number).substr(1)) {
    if (c == '.') {
      point = true;
      continue;
    }
    significant = significant || c != '0';
    if (significant) --missing;
  }
  if (!point) {
    if (number.size() == 2 && number[1] == '0') --missing;
    number += '.';
  }
  if (missing > 0) number.append(static_cast<std::size_t>(missing), '0');
  number += tail;
}

std::string_view Formatter::truncated(std::string_view text) const {
  if (!flags.has_precision) return text;
  std::string_view rest = text;
  for (int i = 0; i < flags.precision && !rest.empty(); ++i) rest.remove_prefix(utf8::decode(rest).width);
  return text.substr(0, text.size() - rest.size());
}

void Formatter::text(std::string_view value) { pad(truncated(value)); }

void Formatter::hex_text(std::string_view value, std::string_view digits) {
  if (flags.has_precision) value = value.substr(0, static_cast<std::size_t>(flags.precision));
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (flags.space && i > 0) text += ' ';
    if (flags.sharp && (flags.space || i == 0)) text += {'0', digits[16]};
    const auto byte = static_cast<unsigned char>(value[i]);
    text += {digits[byte >> 4], digits[byte & 15]};
  }
  pad(text);
}

void Formatter::quoted_text(std::string_view value) {
  value = truncated(value);
  if (flags.sharp && can_backquote(value)) return pad("`" + std::string(value) + "`");
  pad(flags.plus ? quote_to_ascii(value) : quote(value));
}

}  // namespace rhumb::detail
