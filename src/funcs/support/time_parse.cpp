#include <algorithm>
#include <array>
#include <charconv>

#include "funcs/support/go_time.h"
#include "funcs/support/time_layout.h"

namespace rhumb::funcs {
namespace {

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};

bool is_digit(std::string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

std::string_view take(std::string_view& text, std::size_t count) {
  const std::string_view head = text.substr(0, count);
  text.remove_prefix(count);
  return head;
}

/// One or two digits; exactly two when fixed.
bool take_number(std::string_view& text, bool fixed, int& out) {
  if (!is_digit(text, 0)) return false;
  if (!is_digit(text, 1)) {
    if (fixed) return false;
    out = take(text, 1)[0] - '0';
    return true;
  }
  const std::string_view digits = take(text, 2);
  out = (digits[0] - '0') * 10 + (digits[1] - '0');
  return true;
}

/// Up to three digits; exactly three when fixed.
bool take_three(std::string_view& text, bool fixed, int& out) {
  std::size_t count = 0;
  int value = 0;
  while (count < 3 && is_digit(text, count)) value = value * 10 + (text[count++] - '0');
  if (count == 0 || (fixed && count != 3)) return false;
  out = value;
  text.remove_prefix(count);
  return true;
}

/// An optional sign and digits, nothing else, as atoi in package time.
bool whole_number(std::string_view text, std::int64_t& out) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || value > (1ULL << 63) / 10) return false;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
    if (value > 1ULL << 63) return false;
  }
  out = static_cast<std::int64_t>(negative ? -value : value);
  return true;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    if (x == y) return true;
    x = static_cast<char>(x | 0x20);
    y = static_cast<char>(y | 0x20);
    return x == y && x >= 'a' && x <= 'z';
  });
}

/// The index of the name that the text starts with; `length` 3 for abbreviations, npos for whole names.
bool take_name(std::string_view& text, std::span<const std::string_view> names, std::size_t length, int& out) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = names[i].substr(0, length);
    if (text.size() < name.size() || !same_letters(text.substr(0, name.size()), name)) continue;
    text.remove_prefix(name.size());
    out = static_cast<int>(i);
    return true;
  }
  return false;
}

std::string_view without_leading_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

/// Removes the prefix; runs of blanks are alike. `value` is left where it stopped to match.
bool skip_prefix(std::string_view& value, std::string_view prefix) {
  while (!prefix.empty()) {
    if (prefix[0] == ' ') {
      if (!value.empty() && value[0] != ' ') return false;
      prefix = without_leading_blanks(prefix);
      value = without_leading_blanks(value);
      continue;
    }
    if (value.empty() || value[0] != prefix[0]) return false;
    prefix.remove_prefix(1);
    value.remove_prefix(1);
  }
  return true;
}

/// Length of "+05" and the like, hours up to 23; 0 for anything else.
std::size_t signed_offset_length(std::string_view text) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return 0;
  std::size_t end = 1;
  std::uint64_t hours = 0;
  for (; is_digit(text, end); ++end)
    hours = std::min<std::uint64_t>(hours * 10 + static_cast<unsigned>(text[end] - '0'), 24);
  return end == 1 || hours > 23 ? 0 : end;
}

/// Length of the abbreviation of a time zone in front of the text; 0 when there is none. As parseTimeZone.
std::size_t zone_name_length(std::string_view text) {
  if (text.size() < 3) return 0;
  if (text.starts_with("ChST") || text.starts_with("MeST")) return 4;
  if (text.starts_with("GMT")) return 3 + signed_offset_length(text.substr(3));
  if (text[0] == '+' || text[0] == '-') return signed_offset_length(text);
  std::size_t upper = 0;
  while (upper < 6 && upper < text.size() && text[upper] >= 'A' && text[upper] <= 'Z') ++upper;
  if (upper == 5 && text[4] == 'T') return 5;
  if (upper == 4 && (text[3] == 'T' || text.starts_with("WITA"))) return 4;
  return upper == 3 ? 3 : 0;
}

class TimeParser {
 public:
  TimeParser(std::string_view layout, std::string_view value, const Location* location, ZoneMaker& zones)
      : whole_layout_(layout),
        whole_value_(value),
        layout_(layout),
        value_(value),
        location_(location),
        zones_(zones) {}

  bool run(GoTime& out, std::string& error) {
    if (!elements(error)) return false;
    if (pm_ && hour_ < 12) hour_ += 12;
    if (am_ && hour_ == 12) hour_ = 0;
    const std::string_view problem = resolve_day();
    if (!problem.empty()) {
      error = with_message(problem);
      return false;
    }
    out = result();
    return true;
  }

 private:
  std::string with_message(std::string_view message) const {
    return "parsing time " + time_quote(whole_value_) + std::string(message);
  }
  std::string cannot_parse(std::string_view value, std::string_view element) const {
    return with_message(" as " + time_quote(whole_layout_) + ": cannot parse " + time_quote(value) + " as " +
                        time_quote(element));
  }

  bool elements(std::string& error) {
    while (true) {
      const LayoutChunk chunk = next_layout_chunk(layout_);
      if (!skip_prefix(value_, chunk.prefix)) {
        error = cannot_parse(value_, chunk.prefix);
        return false;
      }
      if (chunk.element == LayoutElement::none) {
        if (value_.empty()) return true;
        error = with_message(": extra text: " + time_quote(value_));
        return false;
      }
      layout_ = chunk.suffix;
      const std::string_view hold = value_;
      out_of_range_ = {};
      const bool good = element(chunk);
      if (!out_of_range_.empty()) {
        error = with_message(": " + std::string(out_of_range_) + " out of range");
        return false;
      }
      if (!good) {
        error = cannot_parse(hold, chunk.text);
        return false;
      }
    }
  }

  bool take_ranged(bool fixed, int& value, int low, int high, std::string_view what) {
    if (!take_number(value_, fixed, value)) return false;
    if (value < low || value > high) out_of_range_ = what;
    return true;
  }

  bool element(const LayoutChunk& chunk) {
    const LayoutElement kind = chunk.element;
    if (kind <= LayoutElement::zero_year_day) return date_element(kind);
    if (kind <= LayoutElement::zero_second) return clock_element(kind);
    switch (kind) {
      case LayoutElement::long_year: return long_year();
      case LayoutElement::year: return short_year();
      case LayoutElement::upper_pm: return half_of_day("AM", "PM");
      case LayoutElement::lower_pm: return half_of_day("am", "pm");
      case LayoutElement::zone_name: return zone_name();
      case LayoutElement::fraction_zeros: return value_.size() >= chunk.text.size() && fraction(chunk.text.size());
      case LayoutElement::fraction_nines: return optional_fraction();
      default: return offset(kind);
    }
  }

  bool date_element(LayoutElement kind) {
    int ignored = 0;
    switch (kind) {
      case LayoutElement::long_month:
      case LayoutElement::month: {
        const bool good = take_name(value_, months, kind == LayoutElement::month ? 3 : std::string_view::npos, month_);
        month_ = good ? month_ + 1 : 0;
        return good;
      }
      case LayoutElement::number_month:
      case LayoutElement::zero_month: return take_ranged(kind == LayoutElement::zero_month, month_, 1, 12, "month");
      case LayoutElement::long_weekday: return take_name(value_, weekdays, std::string_view::npos, ignored);
      case LayoutElement::weekday: return take_name(value_, weekdays, 3, ignored);
      case LayoutElement::space_year_day:
      case LayoutElement::zero_year_day: return day_of_year(kind == LayoutElement::space_year_day);
      default:
        if (kind == LayoutElement::space_day && value_.starts_with(' ')) value_.remove_prefix(1);
        return take_number(value_, kind == LayoutElement::zero_day, day_);
    }
  }

  bool day_of_year(bool spaces) {
    for (int i = 0; spaces && i < 2; ++i) {
      if (value_.starts_with(' ')) value_.remove_prefix(1);
    }
    return take_three(value_, !spaces, year_day_);
  }

  bool clock_element(LayoutElement kind) {
    switch (kind) {
      case LayoutElement::hour: return take_ranged(false, hour_, 0, 23, "hour");
      case LayoutElement::hour12:
      case LayoutElement::zero_hour12: return take_ranged(kind == LayoutElement::zero_hour12, hour_, 0, 12, "hour");
      case LayoutElement::minute:
      case LayoutElement::zero_minute: return take_ranged(kind == LayoutElement::zero_minute, minute_, 0, 59, "minute");
      default: return seconds(kind == LayoutElement::zero_second);
    }
  }

  bool seconds(bool fixed) {
    if (!take_ranged(fixed, second_, 0, 59, "second")) return false;
    if (!out_of_range_.empty()) return true;
    // The value may have a fraction that the layout does not mention.
    if (value_.size() < 2 || (value_[0] != '.' && value_[0] != ',') || !is_digit(value_, 1)) return true;
    const LayoutElement next = next_layout_chunk(layout_).element;
    if (next == LayoutElement::fraction_zeros || next == LayoutElement::fraction_nines) return true;
    return optional_fraction();
  }

  bool optional_fraction() {
    if (value_.size() < 2 || (value_[0] != '.' && value_[0] != ',') || !is_digit(value_, 1)) return true;
    std::size_t end = 2;
    while (is_digit(value_, end)) ++end;
    return fraction(end);
  }

  /// The separator and digits up to `length`; what lies behind nine digits is dropped.
  bool fraction(std::size_t length) {
    const std::string_view text = value_.substr(0, std::min<std::size_t>(length, 10));
    if (text[0] != '.' && text[0] != ',') return false;
    std::int64_t nanoseconds = 0;
    if (!whole_number(text.substr(1), nanoseconds)) return false;
    if (nanoseconds < 0) out_of_range_ = "fractional second";
    for (std::size_t i = text.size(); i < 10; ++i) nanoseconds *= 10;
    nanosecond_ = nanoseconds;
    value_.remove_prefix(length);
    return true;
  }

  bool long_year() {
    if (value_.size() < 4 || !is_digit(value_, 0)) return false;
    return whole_number(take(value_, 4), year_);
  }

  bool short_year() {
    if (value_.size() < 2) return false;
    if (!whole_number(take(value_, 2), year_)) return false;
    year_ += year_ >= 69 ? 1900 : 2000;
    return true;
  }

  bool half_of_day(std::string_view am, std::string_view pm) {
    if (value_.size() < 2) return false;
    const std::string_view text = take(value_, 2);
    if (text == pm) {
      pm_ = true;
    } else if (text == am) {
      am_ = true;
    } else {
      return false;
    }
    return true;
  }

  bool zone_name() {
    if (value_.starts_with("UTC")) {
      utc_ = true;
      value_.remove_prefix(3);
      return true;
    }
    const std::size_t length = zone_name_length(value_);
    if (length == 0) return false;
    zone_name_ = take(value_, length);
    return true;
  }

  struct OffsetShape {
    std::size_t length, minutes, seconds;  // places of the parts; 0: absent
    bool colon;
    bool z;
  };
  static OffsetShape shape(LayoutElement kind) {
    switch (kind) {
      case LayoutElement::z_colon: return {6, 4, 0, true, true};
      case LayoutElement::offset_colon: return {6, 4, 0, true, false};
      case LayoutElement::z_short: return {3, 0, 0, false, true};
      case LayoutElement::offset_short: return {3, 0, 0, false, false};
      case LayoutElement::z_colon_seconds: return {9, 4, 7, true, true};
      case LayoutElement::offset_colon_seconds: return {9, 4, 7, true, false};
      case LayoutElement::z_seconds: return {7, 3, 5, false, true};
      case LayoutElement::offset_seconds: return {7, 3, 5, false, false};
      case LayoutElement::z_offset: return {5, 3, 0, false, true};
      default: return {5, 3, 0, false, false};
    }
  }

  bool offset(LayoutElement kind) {
    const OffsetShape form = shape(kind);
    if (form.z && value_.starts_with('Z')) {
      utc_ = true;
      value_.remove_prefix(1);
      return true;
    }
    if (value_.size() < form.length) return false;
    if (form.colon && (value_[3] != ':' || (form.seconds != 0 && value_[6] != ':'))) return false;
    const std::string_view text = take(value_, form.length);
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    const auto part = [&](std::size_t at, int& out) {
      std::string_view digits = text.substr(at, 2);
      return at == 0 || take_number(digits, true, out);
    };
    const bool good = part(1, hours) && part(form.minutes, minutes) && part(form.seconds, seconds);
    if (hours > 24) out_of_range_ = "time zone offset hour";
    if (minutes > 60) out_of_range_ = "time zone offset minute";
    if (seconds > 60) out_of_range_ = "time zone offset second";
    offset_ = (hours * 60 + minutes) * 60 + seconds;
    if (text[0] == '-') offset_ = -offset_;
    return good && (text[0] == '+' || text[0] == '-');
  }

  /// Brings month, day and day of the year together. Returns what is wrong with them.
  std::string_view resolve_day() {
    if (year_day_ >= 0) {
      int month = 0;
      int day = 0;
      const int leap = is_leap(year_) ? 1 : 0;
      if (year_day_ < 1 || year_day_ > 365 + leap) return ": day-of-year out of range";
      for (day = year_day_, month = 1; day > days_in(month, year_); ++month) day -= days_in(month, year_);
      if (month_ >= 0 && month_ != month) return ": day-of-year does not match month";
      month_ = month;
      if (day_ >= 0 && day_ != day) return ": day-of-year does not match day";
      day_ = day;
    } else {
      if (month_ < 0) month_ = 1;
      if (day_ < 0) day_ = 1;
    }
    return day_ < 1 || day_ > days_in(month_, year_) ? ": day out of range" : "";
  }

  GoTime at(const Location* location) const {
    return make_time({year_, month_, day_, hour_, minute_, second_, nanosecond_}, location);
  }

  static void shift(GoTime& time, std::int64_t seconds) {
    time.seconds =
        static_cast<std::int64_t>(static_cast<std::uint64_t>(time.seconds) - static_cast<std::uint64_t>(seconds));
  }

  GoTime result() {
    if (utc_) return at(nullptr);
    const Location& local = location_ == nullptr ? utc_location : *location_;
    if (offset_ != -1) {
      GoTime time = at(nullptr);
      shift(time, offset_);
      const ZoneLookup zone = local.look_up(time.unix_seconds());
      const bool is_local = zone.offset == offset_ && (zone_name_.empty() || zone.name == zone_name_);
      return time.in(is_local ? location_ : zones_.fixed_zone(zone_name_, offset_));
    }
    if (!zone_name_.empty()) return in_named_zone(local);
    return at(location_);
  }

  GoTime in_named_zone(const Location& local) {
    GoTime time = at(nullptr);
    std::int64_t offset = 0;
    if (local.look_up_name(zone_name_, time.unix_seconds(), offset)) {
      shift(time, offset);
      return time.in(location_);
    }
    if (zone_name_.size() > 3 && zone_name_.starts_with("GMT")) {
      whole_number(zone_name_.substr(3), offset);
      offset *= 3600;
    }
    return time.in(zones_.fixed_zone(zone_name_, offset));
  }

  std::string_view whole_layout_;
  std::string_view whole_value_;
  std::string_view layout_;
  std::string_view value_;
  const Location* location_;
  ZoneMaker& zones_;

  std::int64_t year_ = 0;
  int month_ = -1;
  int day_ = -1;
  int year_day_ = -1;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = 0;
  std::int64_t nanosecond_ = 0;
  bool am_ = false;
  bool pm_ = false;
  bool utc_ = false;
  std::int64_t offset_ = -1;
  std::string_view zone_name_;
  std::string_view out_of_range_;
};

}  // namespace

bool parse_time(std::string_view layout, std::string_view value, const Location* location, ZoneMaker& zones,
                GoTime& out, std::string& error) {
  return TimeParser(layout, value, location, zones).run(out, error);
}

namespace {

std::uint64_t duration_unit(std::string_view name) {
  if (name == "ns") return 1;
  if (name == "us" || name == "\u00b5s" || name == "\u03bcs") return 1'000;
  if (name == "ms") return 1'000'000;
  if (name == "s") return 1'000'000'000;
  if (name == "m") return 60'000'000'000;
  return name == "h" ? 3'600'000'000'000 : 0;
}

constexpr std::uint64_t most = 1ULL << 63;

/// The digits in front; false when they pass 2^63.
bool take_digits(std::string_view& text, std::uint64_t& out) {
  for (; is_digit(text, 0); text.remove_prefix(1)) {
    if (out > most / 10) return false;
    out = out * 10 + static_cast<std::uint64_t>(text[0] - '0');
    if (out > most) return false;
  }
  return true;
}

/// The digits in front as a fraction: `out` / `scale`. What does not fit is dropped.
void take_fraction(std::string_view& text, std::uint64_t& out, double& scale) {
  bool full = false;
  for (; is_digit(text, 0); text.remove_prefix(1)) {
    if (full || out > (most - 1) / 10 || out * 10 + static_cast<std::uint64_t>(text[0] - '0') > most) {
      full = true;
      continue;
    }
    out = out * 10 + static_cast<std::uint64_t>(text[0] - '0');
    scale *= 10;
  }
}

/// One number with its unit. Returns what is wrong, "" when nothing is.
std::string take_duration_part(std::string_view& text, std::uint64_t& sum) {
  std::uint64_t whole = 0;
  std::uint64_t fraction = 0;
  double scale = 1;
  const std::size_t before = text.size();
  if (!take_digits(text, whole)) return "invalid duration";
  bool has_digits = text.size() != before;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const std::size_t behind_dot = text.size();
    take_fraction(text, fraction, scale);
    has_digits |= text.size() != behind_dot;
  }
  if (!has_digits) return "invalid duration";
  const std::string_view name = take(text, std::min(text.find_first_of(".0123456789"), text.size()));
  if (name.empty()) return "missing unit in duration";
  const std::uint64_t unit = duration_unit(name);
  if (unit == 0) return "unknown unit " + time_quote(name) + " in duration";
  if (whole > most / unit) return "invalid duration";
  whole *= unit;
  if (fraction > 0) {
    whole += static_cast<std::uint64_t>(static_cast<double>(fraction) * (static_cast<double>(unit) / scale));
    if (whole > most) return "invalid duration";
  }
  sum += whole;
  return sum > most ? "invalid duration" : "";
}

}  // namespace

bool parse_duration(std::string_view text, std::int64_t& out, std::string& error) {
  const std::string_view whole = text;
  const auto fail = [&](const std::string& message) {
    error = "time: " + message + " " + time_quote(whole);
    return false;
  };
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  out = 0;
  if (text == "0") return true;
  if (text.empty()) return fail("invalid duration");
  std::uint64_t sum = 0;
  while (!text.empty()) {
    const std::string problem = take_duration_part(text, sum);
    if (!problem.empty()) return fail(problem);
  }
  if (!negative && sum == most) return fail("invalid duration");
  out = static_cast<std::int64_t>(negative ? -sum : sum);
  return true;
}

}  // namespace rhumb::funcs
