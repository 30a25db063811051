#include "funcs/support/time_zone_rule.h"

#include <utility>

#include "funcs/support/civil_time.h"

namespace rhumb::funcs {
namespace {

/// A day of the year and the time of that day at which the clocks are changed.
struct ChangeRule {
  enum class Kind { julian, day_of_year, month_week_day } kind = Kind::julian;
  int day = 0;
  int week = 0;
  int month = 0;
  int time = 7200;
};

/// Reads a rule from left to right. Every function returns whether it found what it looks for.
class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool at(char c) const { return text_.starts_with(c); }
  bool skip(char c) {
    if (!at(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool name(std::string_view& out) {
    if (skip('<')) {
      const std::size_t end = text_.find('>');
      if (end == std::string_view::npos) return false;
      out = text_.substr(0, end);
      text_.remove_prefix(end + 1);
      return true;
    }
    const std::size_t end = std::min(text_.find_first_of("0123456789,-+"), text_.size());
    if (end < 3) return false;
    out = text_.substr(0, end);
    text_.remove_prefix(end);
    return true;
  }

  bool number(int min, int max, int& out) {
    std::size_t digits = 0;
    int value = 0;
    for (; digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits) {
      value = value * 10 + (text_[digits] - '0');
      if (value > max) return false;
    }
    if (digits == 0 || value < min) return false;
    text_.remove_prefix(digits);
    out = value;
    return true;
  }

  /// [+-]hh[:mm[:ss]]
  bool offset(int& out) {
    const bool negative = at('-');
    if (negative || at('+')) text_.remove_prefix(1);
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    if (!number(0, 24 * 7, hours)) return false;
    if (skip(':')) {
      if (!number(0, 59, minutes)) return false;
      if (skip(':') && !number(0, 59, seconds)) return false;
    }
    out = hours * 3600 + minutes * 60 + seconds;
    if (negative) out = -out;
    return true;
  }

  bool change(ChangeRule& out) {
    if (skip('J')) {
      out.kind = ChangeRule::Kind::julian;
      if (!number(1, 365, out.day)) return false;
    } else if (skip('M')) {
      out.kind = ChangeRule::Kind::month_week_day;
      if (!number(1, 12, out.month) || !skip('.') || !number(1, 5, out.week) || !skip('.') || !number(0, 6, out.day)) {
        return false;
      }
    } else {
      out.kind = ChangeRule::Kind::day_of_year;
      if (!number(0, 365, out.day)) return false;
    }
    return !skip('/') || offset(out.time);
  }

 private:
  std::string_view text_;
};

/// The day, counted from 0 for January 1, of the n-th (5: the last) such weekday of a month.
int day_of_month_rule(std::int64_t year, const ChangeRule& rule) {
  const int first_weekday = weekday_of(absolute_days(unix_of_date(year, rule.month, 1)));
  int day = (rule.day - first_weekday + 7) % 7;
  for (int week = 1; week < rule.week && day + 7 < days_in(rule.month, year); ++week) day += 7;
  return day + days_before(rule.month) + (rule.month > 2 && is_leap(year) ? 1 : 0);
}

/// Seconds from the start of the year, in UTC, at which the rule takes effect.
std::int64_t change_time(std::int64_t year, const ChangeRule& rule, std::int64_t offset) {
  int day = rule.day;
  if (rule.kind == ChangeRule::Kind::julian) day += (is_leap(year) && rule.day >= 60 ? 1 : 0) - 1;
  if (rule.kind == ChangeRule::Kind::month_week_day) day = day_of_month_rule(year, rule);
  return day * seconds_per_day + rule.time - offset;
}

/// One of the two halves of the year.
struct Period {
  std::string_view name;
  std::int64_t offset = 0;
  bool is_dst = false;
};

struct YearRules {
  Period standard;
  Period summer{"", 0, true};
  ChangeRule start;
  ChangeRule end;
  bool has_summer = false;
};

bool read_rule(std::string_view text, YearRules& out) {
  RuleReader reader(text);
  int offset = 0;
  if (!reader.name(out.standard.name) || !reader.offset(offset)) return false;
  out.standard.offset = -offset;  // the text says what is added to local time
  if (reader.at_end() || reader.at(',')) return true;
  out.has_summer = true;
  if (!reader.name(out.summer.name)) return false;
  out.summer.offset = out.standard.offset + 3600;
  if (!reader.at_end() && !reader.at(',')) {
    if (!reader.offset(offset)) return false;
    out.summer.offset = -offset;
  }
  if (reader.at_end()) reader = RuleReader(",M3.2.0,M11.1.0");  // as tzcode
  if (!reader.skip(',') && !reader.skip(';')) return false;
  return reader.change(out.start) && reader.skip(',') && reader.change(out.end) && reader.at_end();
}

}  // namespace

std::optional<ZoneLookup> apply_zone_rule(std::string_view text, std::int64_t last_transition,
                                          std::int64_t unix_seconds) {
  YearRules rules;
  if (!read_rule(text, rules)) return std::nullopt;
  Period outer = rules.standard;
  Period inner = rules.summer;
  if (!rules.has_summer) return ZoneLookup{outer.name, outer.offset, last_transition, INT64_MAX, false};

  const CivilDate date = civil_date(absolute_days(unix_seconds));
  const std::int64_t in_year = (date.year_day - 1) * seconds_per_day + unix_seconds % seconds_per_day;
  const auto year_start =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(unix_seconds) - static_cast<std::uint64_t>(in_year));
  std::int64_t start = change_time(date.year, rules.start, outer.offset);
  std::int64_t end = change_time(date.year, rules.end, inner.offset);
  if (end < start) {  // the southern hemisphere
    std::swap(start, end);
    std::swap(outer, inner);
  }
  const auto at = [&](std::int64_t offset) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(year_start) + static_cast<std::uint64_t>(offset));
  };
  if (in_year < start) return ZoneLookup{outer.name, outer.offset, year_start, at(start), outer.is_dst};
  if (in_year >= end) return ZoneLookup{outer.name, outer.offset, at(end), at(365 * seconds_per_day), outer.is_dst};
  return ZoneLookup{inner.name, inner.offset, at(start), at(end), inner.is_dst};
}

}  // namespace rhumb::funcs
