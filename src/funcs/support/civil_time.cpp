#include "funcs/support/civil_time.h"

namespace rhumb::funcs {
namespace {

constexpr std::uint64_t absolute_years = 292277022400;
constexpr std::uint64_t days_per_400_years = 146097;
constexpr std::uint64_t march_to_december = 306;  // days

/// Days from March 1 to the first of a month; `month` counts from March (0) to February (11).
constexpr std::uint64_t days_from_march(std::uint64_t month) { return (153 * month + 2) / 5; }

}  // namespace

CivilDate civil_date(std::uint64_t days) {
  const std::uint64_t quarters = 4 * days + 3;
  const std::uint64_t century = quarters / days_per_400_years;
  const std::uint64_t in_century = 4 * (quarters % days_per_400_years / 4) + 3;
  const std::uint64_t year_of_century = in_century / 1461;
  const std::uint64_t day_from_march = in_century % 1461 / 4;
  const std::uint64_t month_from_march = (5 * day_from_march + 2) / 153;

  CivilDate date;
  const bool next_year = day_from_march >= march_to_december;
  date.year = static_cast<std::int64_t>(century * 100 - absolute_years + year_of_century + (next_year ? 1 : 0));
  date.month = static_cast<int>(next_year ? month_from_march - 9 : month_from_march + 3);
  date.day = static_cast<int>(day_from_march - days_from_march(month_from_march)) + 1;
  date.year_day = next_year ? static_cast<int>(day_from_march - march_to_december) + 1
                            : static_cast<int>(day_from_march) + 60 + (is_leap(date.year) ? 1 : 0);
  return date;
}

ClockTime clock_of(std::int64_t seconds) {
  const auto rest = static_cast<int>((static_cast<std::uint64_t>(seconds) + unix_to_absolute) % 86400);
  return {rest / 3600, rest / 60 % 60, rest % 60};
}

std::int64_t unix_of_date(std::int64_t year, int month, std::int64_t day) {
  const bool next_year = month < 3;
  const auto month_from_march = static_cast<std::uint64_t>(next_year ? month + 9 : month - 3);
  const std::uint64_t absolute_year = static_cast<std::uint64_t>(year) - (next_year ? 1 : 0) + absolute_years;
  const std::uint64_t days = days_per_400_years * (absolute_year / 100) / 4 + 1461 * (absolute_year % 100) / 4 +
                             days_from_march(month_from_march) + static_cast<std::uint64_t>(day) - 1;
  return static_cast<std::int64_t>(days * 86400 - unix_to_absolute);
}

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int month, std::int64_t year) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

int days_before(int month) {
  int days = 0;
  for (int m = 1; m < month; ++m) days += days_in(m, 1);
  return days;
}

}  // namespace rhumb::funcs
