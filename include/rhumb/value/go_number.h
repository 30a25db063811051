// Numbers, quoted text and durations in Go's notation, as package strconv and time.Duration.String have them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rhumb {

/// As strconv.FormatFloat. `format` is one of e E f g G b x X; precision -1 asks for the fewest digits that read back
/// as the same number of that size (32 or 64 bits).
std::string format_float(double value, char format, int precision, int bits = 64);
void append_float(std::string& out, double value, char format, int precision, int bits = 64);
/// As encoding/json writes it: 1e-7, 1e+21, else without exponent. The value is finite.
std::string json_float(double value, int bits = 64);

enum class NumberError : std::uint8_t { none, syntax, range };

template <typename T>
struct ParsedNumber {
  /// With a range error the nearest value that can be represented, as Go returns it; 0 with the others.
  T value{};
  NumberError error = NumberError::none;

  explicit operator bool() const { return error == NumberError::none; }
};

/// As strconv.ParseInt: base 0 takes prefixes (0x, 0o, 0b, 0) and underscores.
ParsedNumber<std::int64_t> parse_int(std::string_view text, int base = 10, int bits = 64);
ParsedNumber<std::uint64_t> parse_uint(std::string_view text, int base = 10, int bits = 64);
/// As strconv.ParseFloat: decimal, hexadecimal with p exponent, inf, infinity, nan, underscores between digits.
ParsedNumber<double> parse_float(std::string_view text, int bits = 64);
/// As strconv.Atoi.
inline ParsedNumber<std::int64_t> atoi(std::string_view text) { return parse_int(text, 10, 64); }
/// As strconv.ParseBool.
std::optional<bool> parse_bool(std::string_view text);
/// The text of a *strconv.NumError: `strconv.Atoi: parsing "x": invalid syntax`.
std::string number_error(std::string_view function, std::string_view text, NumberError error);

/// As strconv.Quote, QuoteToASCII, QuoteRune, QuoteRuneToASCII.
std::string quote(std::string_view text);
void append_quoted(std::string& out, std::string_view text);
std::string quote_to_ascii(std::string_view text);
std::string quote_rune(char32_t rune);
std::string quote_rune_to_ascii(char32_t rune);
/// As strconv.CanBackquote.
bool can_backquote(std::string_view text);
/// As strconv.Unquote: '...', "..." or `...`; nullopt where Go says "invalid syntax".
std::optional<std::string> unquote(std::string_view text);

struct UnquotedChar {
  char32_t value = 0;
  /// Whether it is a code point above U+007F (and no byte written as \xHH or \ooo).
  bool multibyte = false;
  std::string_view tail;
};
/// The first character or byte of an escaped text, as strconv.UnquoteChar.
std::optional<UnquotedChar> unquote_char(std::string_view text, char quote);

/// As time.Duration.String: "1h0m0s", "1.5ms", "0s".
std::string duration_string(std::int64_t nanoseconds);
/// As time.Month.String and time.Weekday.String: "January", "%!Month(13)"; "Sunday" (0), "%!Weekday(7)".
std::string month_string(std::int64_t month);
std::string weekday_string(std::int64_t weekday);

}  // namespace rhumb
