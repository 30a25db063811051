// The formats of dates, times and durations.
#include <algorithm>
#include <array>
#include <optional>

#include "jsonschema/formats.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::jsonschema {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// As quote of Go's package time.
std::string time_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || byte < ' ') {
      out += "\\x";
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 15];
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// time.Parse with the layout of a date.
class DateParser {
 public:
  explicit DateParser(std::string_view text) : text_(text), rest_(text) {}

  std::string run() {
    int year = 0;
    int month = 0;
    int day = 0;
    if (!number(4, "2006", year) || !dash() || !number(2, "01", month)) return error_;
    if (month < 1 || month > 12) return problem(": month out of range");
    if (!dash() || !number(2, "02", day)) return error_;
    if (!rest_.empty()) return problem(": extra text: " + time_quoted(rest_));
    if (day < 1 || day > days_in(month, year)) return problem(": day out of range");
    return {};
  }

 private:
  static int days_in(int month, int year) {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  std::string problem(const std::string& what) const { return "parsing time " + time_quoted(text_) + what; }

  bool expect(bool good, std::string_view element) {
    if (good) return true;
    error_ = problem(" as \"2006-01-02\": cannot parse " + time_quoted(rest_) + " as " + time_quoted(element));
    return false;
  }

  bool number(std::size_t size, std::string_view element, int& value) {
    if (!expect(rest_.size() >= size && all_digits(rest_.substr(0, size)), element)) return false;
    for (const char c : rest_.substr(0, size)) value = value * 10 + (c - '0');
    rest_.remove_prefix(size);
    return true;
  }

  bool dash() {
    if (!expect(rest_.starts_with('-'), "-")) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view text_;
  std::string_view rest_;
  std::string error_;
};

/// Numbers between colons, `count` of them; what is wrong goes to `error`.
template <std::size_t count>
std::optional<std::array<std::int64_t, count>> clock_numbers(std::string_view text, const std::string& names,
                                                             std::string& error) {
  std::array<std::int64_t, count> out{};
  const auto parts = strings::split_n(text, ":", static_cast<std::ptrdiff_t>(count));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = atoi(parts[i]);
    if (!number)
      error = "invalid " + names;
    else if (number.value < 0)
      error = "non-positive " + names;
    if (!error.empty()) return std::nullopt;
    out[i] = number.value;
  }
  return out;
}

/// The minutes by which the offset moves a time to UTC.
std::optional<std::int64_t> offset_minutes(std::string_view text, std::string& error) {
  if (text == "z" || text == "Z") return 0;
  if (text.size() != 6)
    error = "offset must be 6 characters long";
  else if (text[0] != '+' && text[0] != '-')
    error = "offset must begin with plus/minus";
  else if (text[3] != ':')
    error = "missing colon in offset in correct place";
  if (!error.empty()) return std::nullopt;
  const auto parts = clock_numbers<2>(text.substr(1), "hour/min in offset", error);
  if (!parts) return std::nullopt;
  const auto [hours, minutes] = *parts;
  if (hours > 23 || minutes > 59) {
    error = "hour/min in offset out of range";
    return std::nullopt;
  }
  return (text[0] == '+' ? -1 : 1) * (hours * 60 + minutes);
}

std::string check_units(std::string_view text, std::string_view units) {
  const std::string_view all = units;
  while (!text.empty()) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0) return "missing number";
    text.remove_prefix(digits);
    if (text.empty()) return "missing unit";
    const char unit = text[0];
    const std::size_t at = units.find(unit);
    if (at == std::string_view::npos) {
      const std::string shown = quote_rune(static_cast<unsigned char>(unit));
      return all.find(unit) != std::string_view::npos ? "unit " + shown + " out of order" : "invalid unit " + shown;
    }
    units.remove_prefix(at + 1);
    text.remove_prefix(1);
  }
  return {};
}

std::string prefixed(std::string_view prefix, const std::string& wrong) {
  return wrong.empty() ? "" : std::string(prefix) + wrong;
}

}  // namespace

std::string check_date(std::string_view text) { return DateParser(text).run(); }

std::string check_time(std::string_view text) {
  if (text.size() < 9) return "less than 9 characters long";
  if (text[2] != ':' || text[5] != ':') return "missing colon in correct place";
  std::string error;
  const auto clock = clock_numbers<3>(text.substr(0, 8), "hour/min/sec", error);
  if (!clock) return error;
  const auto [hours, minutes, seconds] = *clock;
  if (hours > 23 || minutes > 59 || seconds > 60) return "hour/min/sec out of range";
  text.remove_prefix(8);
  if (text.starts_with('.')) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end == 1) return "no digits in second fraction";
    text.remove_prefix(end);
  }
  const auto offset = offset_minutes(text, error);
  if (!offset) return error;
  std::int64_t of_day = hours * 60 + minutes + *offset;
  if (of_day < 0) of_day += 24 * 60;
  // As the library: what passes midnight is no leap second.
  return seconds >= 60 && of_day != 24 * 60 - 1 ? "invalid leap second" : "";
}

std::string check_date_time(std::string_view text) {
  if (text.size() < 20) return "less than 20 characters long";
  if (text[10] != 't' && text[10] != 'T') return "11th character must be t or T";
  if (const std::string wrong = check_date(text.substr(0, 10)); !wrong.empty()) return "invalid date element: " + wrong;
  return prefixed("invalid time element: ", check_time(text.substr(11)));
}

std::string check_duration(std::string_view text) {
  if (!text.starts_with('P')) return "must start with P";
  text.remove_prefix(1);
  if (text.empty()) return "nothing after P";
  if (text.ends_with('W')) {
    if (text.size() == 1) return "no number in week";
    return all_digits(text.substr(0, text.size() - 1)) ? "" : "invalid week";
  }
  constexpr std::array<std::string_view, 2> units = {"YMD", "HMS"};
  const auto parts = strings::split(text, "T");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0 && parts[i].empty()) return "no time elements";
    if (i >= units.size()) return "more than one T";
    if (std::string wrong = check_units(parts[i], units[i]); !wrong.empty()) return wrong;
  }
  return {};
}

std::string check_period(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return "missing slash";
  const std::string_view start = text.substr(0, slash);
  const std::string_view end = text.substr(slash + 1);
  if (start.starts_with('P')) {
    if (const std::string wrong = check_duration(start); !wrong.empty()) return "invalid start duration: " + wrong;
    return prefixed("invalid end date-time: ", check_date_time(end));
  }
  if (const std::string wrong = check_date_time(start); !wrong.empty()) return "invalid start date-time: " + wrong;
  if (end.starts_with('P')) return prefixed("invalid end duration: ", check_duration(end));
  return prefixed("invalid end date-time: ", check_date_time(end));
}

}  // namespace rhumb::jsonschema
