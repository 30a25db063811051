#include "lock_time.h"

namespace rhumb::chart {
namespace {

bool is_digit(std::string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

/// As the quote of package time: only ASCII stays as it is.
std::string time_quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || byte < ' ') {
      out += "\\x";
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 0xF];
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

int days_in(int month, int year) {
  if (month == 2) return (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// time.Parse with the layout of RFC 3339, for its errors.
class TimeCheck {
 public:
  explicit TimeCheck(std::string_view text) : text_(text), rest_(text) {}

  std::string run() {
    int year = 0;
    int month = 0;
    int day = 0;
    int ignored = 0;
    const bool read = year_number(year) && literal("-") && number("01", true, month) &&
                      in_range(month >= 1 && month <= 12, "month") && literal("-") && number("02", true, day) &&
                      literal("T") && number("15", false, ignored) && in_range(ignored < 24, "hour") && literal(":") &&
                      number("04", true, ignored) && in_range(ignored < 60, "minute") && literal(":") &&
                      number("05", true, ignored) && in_range(ignored < 60, "second") && fraction() && zone();
    if (!read) return error_;
    if (!rest_.empty()) return failed(": extra text: " + time_quote(rest_));
    if (day < 1 || day > days_in(month, year)) return failed(": day out of range");
    return {};
  }

 private:
  std::string failed(const std::string& message) { return "parsing time " + time_quote(text_) + message; }
  bool bad(std::string_view found, std::string_view wanted) {
    error_ =
        failed(" as \"2006-01-02T15:04:05Z07:00\": cannot parse " + time_quote(found) + " as " + time_quote(wanted));
    return false;
  }
  bool in_range(bool within, const std::string& what) {
    if (!within) error_ = failed(": " + what + " out of range");
    return within;
  }
  bool literal(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return bad(rest_, wanted);
    rest_.remove_prefix(wanted.size());
    return true;
  }
  bool year_number(int& year) {
    for (std::size_t i = 0; i < 4; ++i) {
      if (!is_digit(rest_, i)) return bad(rest_, "2006");
      year = year * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(4);
    return true;
  }
  bool number(std::string_view wanted, bool two_digits, int& value) {
    if (!is_digit(rest_, 0) || (two_digits && !is_digit(rest_, 1))) return bad(rest_, wanted);
    const std::size_t digits = is_digit(rest_, 1) ? 2 : 1;
    value = 0;
    for (std::size_t i = 0; i < digits; ++i) value = value * 10 + (rest_[i] - '0');
    rest_.remove_prefix(digits);
    return true;
  }
  bool fraction() {
    if (rest_.empty() || (rest_[0] != '.' && rest_[0] != ',') || !is_digit(rest_, 1)) return true;
    std::size_t digits = 1;
    while (is_digit(rest_, digits)) ++digits;
    rest_.remove_prefix(digits);
    return true;
  }
  bool zone() {
    const std::string_view hold = rest_;
    if (rest_.starts_with('Z')) {
      rest_.remove_prefix(1);
      return true;
    }
    const bool shaped = hold.size() >= 6 && hold[3] == ':' && is_digit(hold, 1) && is_digit(hold, 2) &&
                        is_digit(hold, 4) && is_digit(hold, 5) && (hold[0] == '+' || hold[0] == '-');
    if (!shaped) return bad(hold, "Z07:00");
    rest_.remove_prefix(6);
    const int hours = (hold[1] - '0') * 10 + (hold[2] - '0');
    const int minutes = (hold[4] - '0') * 10 + (hold[5] - '0');
    return in_range(hours <= 24, "time zone offset hour") && in_range(minutes <= 60, "time zone offset minute");
  }

  std::string_view text_;
  std::string_view rest_;
  std::string error_;
};

}  // namespace

bool unmarshal_lock_time(Heap& heap, std::string_view json, Value& value, std::string& error) {
  if (json == "null") return true;
  if (json.size() < 2 || json.front() != '"' || json.back() != '"') {
    error = "Time.UnmarshalJSON: input is not a JSON string";
    return false;
  }
  const std::string_view text = json.substr(1, json.size() - 2);
  error = TimeCheck(text).run();
  if (!error.empty()) return false;
  value = heap.string(text);
  return true;
}

}  // namespace rhumb::chart
