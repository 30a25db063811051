// The calendar as Go computes it: days are counted from March 1 of a year so far back that every instant of 64 bits
// lies behind it, hence all arithmetic is unsigned and wraps where Go's wraps.
#pragma once

#include <cstdint>

namespace rhumb::funcs {

struct CivilDate {
  std::int64_t year = 0;
  int month = 1;     // 1..12
  int day = 1;       // 1..31
  int year_day = 1;  // 1..366
};

struct ClockTime {
  int hour = 0;
  int minute = 0;
  int second = 0;
};

inline constexpr std::int64_t seconds_per_day = 86400;
/// Seconds from January 1 of year 1 to 1970.
inline constexpr std::int64_t unix_to_internal = 62135596800;
/// Seconds from the origin of absolute days to 1970.
inline constexpr std::uint64_t unix_to_absolute = 9223372028741760000ULL;

/// Days since the absolute origin of a local Unix time.
inline std::uint64_t absolute_days(std::int64_t seconds) {
  return (static_cast<std::uint64_t>(seconds) + unix_to_absolute) / 86400;
}
CivilDate civil_date(std::uint64_t days);
/// 0 is Sunday.
inline int weekday_of(std::uint64_t days) { return static_cast<int>((days + 3) % 7); }
ClockTime clock_of(std::int64_t seconds);
/// Unix seconds of midnight, before any offset. `month` is 1..12, `day` may be anything.
std::int64_t unix_of_date(std::int64_t year, int month, std::int64_t day);

bool is_leap(std::int64_t year);
int days_in(int month, std::int64_t year);
/// Days of a year that is no leap year before the month.
int days_before(int month);

}  // namespace rhumb::funcs
