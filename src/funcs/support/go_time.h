// time.Time: a wall clock instant, perhaps with a monotonic reading, in a location. Arithmetic as in Go: what overflows
// wraps or saturates where Go's does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "funcs/support/civil_time.h"
#include "funcs/support/time_zone.h"
#include "rhumb/base/host.h"

namespace rhumb::funcs {

/// The first two fields of a time.Time.
struct WallClock {
  std::uint64_t wall = 0;  // nanoseconds; with a monotonic reading also the seconds since 1885, and the highest bit
  std::int64_t ext = 0;    // the seconds since year 1, or the monotonic reading
};

struct GoTime {
  std::int64_t seconds = 0;  // since January 1 of year 1, UTC
  std::int32_t nanoseconds = 0;
  bool has_monotonic = false;
  std::int64_t monotonic = 0;
  const Location* location = nullptr;  // null: UTC

  static GoTime from_unix(std::int64_t unix_seconds, const Location& location);
  static GoTime from_instant(const Instant& instant, const Location& location);

  std::int64_t unix_seconds() const;
  WallClock packed() const;
  bool is_zero() const { return seconds == 0 && nanoseconds == 0 && !has_monotonic; }
  ZoneLookup zone() const;
  /// Unix seconds of the local clock.
  std::int64_t local_seconds() const;
  CivilDate date() const { return civil_date(absolute_days(local_seconds())); }
  ClockTime clock() const { return clock_of(local_seconds()); }
  int weekday() const { return weekday_of(absolute_days(local_seconds())); }

  GoTime in(const Location* other) const;
  GoTime add(std::int64_t duration) const;
  GoTime add_date(std::int64_t years, std::int64_t months, std::int64_t days) const;
  std::int64_t subtract(const GoTime& other) const;
  /// Negative, zero or positive.
  int compare(const GoTime& other) const;
  GoTime truncate(std::int64_t duration) const;
  GoTime round(std::int64_t duration) const;

 private:
  void strip_monotonic();
  void add_seconds(std::int64_t count);
};

/// The parts of a time.Date call; each may lie outside of its usual range.
struct DateParts {
  std::int64_t year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, nanosecond = 0;
};
GoTime make_time(DateParts parts, const Location* location);

/// As Time.Format, Time.String, Time.GoString and Time.MarshalJSON (without the quotes). The last is false where Go
/// returns an error, whose text is then in `out`.
std::string format_time(const GoTime& time, std::string_view layout);
std::string time_string(const GoTime& time);
std::string time_go_string(const GoTime& time);
bool append_rfc3339(std::string& out, const GoTime& time);

/// Takes the fixed zones that parsing makes; what it returns must live as long as the time.
class ZoneMaker {
 public:
  ZoneMaker() = default;
  ZoneMaker(const ZoneMaker&) = delete;
  ZoneMaker& operator=(const ZoneMaker&) = delete;
  virtual ~ZoneMaker() = default;
  virtual const Location* fixed_zone(std::string_view name, std::int64_t offset) = 0;
};

/// As time.ParseInLocation. False: `error` is the text of the *time.ParseError.
bool parse_time(std::string_view layout, std::string_view value, const Location* location, ZoneMaker& zones,
                GoTime& out, std::string& error);

/// As time.ParseDuration. False: `error` is the text.
bool parse_duration(std::string_view text, std::int64_t& out, std::string& error);

/// As Duration.Round and Duration.Truncate.
std::int64_t round_duration(std::int64_t duration, std::int64_t unit);
std::int64_t truncate_duration(std::int64_t duration, std::int64_t unit);

/// As quote in package time, which is not strconv.Quote.
std::string time_quote(std::string_view text);

}  // namespace rhumb::funcs
