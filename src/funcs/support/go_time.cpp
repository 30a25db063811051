#include "funcs/support/go_time.h"

namespace rhumb::funcs {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t largest = INT64_MAX;
constexpr std::int64_t smallest = INT64_MIN;
/// A time with a monotonic reading holds its wall clock in 33 bits, from 1885 on.
constexpr std::int64_t first_packed_second = (1884LL * 365 + 1884 / 4 - 1884 / 100 + 1884 / 400) * seconds_per_day;
constexpr std::int64_t packed_seconds = 1LL << 33;

std::int64_t wrap(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }

bool less_than_half(std::int64_t part, std::int64_t whole) { return bits(part) + bits(part) < bits(whole); }

/// The difference, saturated.
std::int64_t difference(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (!__builtin_sub_overflow(a, b, &result)) return result;
  return a < b ? smallest : largest;
}

/// Carries what `low` has too much or too little over to `high`, as norm in package time.
void normalize(std::int64_t& high, std::int64_t& low, std::int64_t base) {
  if (low < 0) {
    const std::int64_t carry = wrap(-bits(low) - 1) / base + 1;
    high = wrap(bits(high) - bits(carry));
    low = wrap(bits(low) + bits(carry) * bits(base));
  }
  if (low >= base) {
    const std::int64_t carry = low / base;
    high = wrap(bits(high) + bits(carry));
    low = wrap(bits(low) - bits(carry) * bits(base));
  }
}

}  // namespace

GoTime GoTime::from_unix(std::int64_t unix_seconds, const Location& location) {
  return {wrap(bits(unix_seconds) + bits(unix_to_internal)), 0, false, 0, &location};
}

GoTime GoTime::from_instant(const Instant& instant, const Location& location) {
  GoTime time = from_unix(instant.seconds, location);
  time.nanoseconds = instant.nanoseconds;
  time.has_monotonic = true;
  time.monotonic = instant.monotonic_nanoseconds;
  return time;
}

std::int64_t GoTime::unix_seconds() const { return wrap(bits(seconds) - bits(unix_to_internal)); }

ZoneLookup GoTime::zone() const { return location == nullptr ? ZoneLookup{} : location->look_up(unix_seconds()); }

std::int64_t GoTime::local_seconds() const { return wrap(bits(unix_seconds()) + bits(zone().offset)); }

WallClock GoTime::packed() const {
  const std::uint64_t part = static_cast<std::uint64_t>(nanoseconds);
  if (!has_monotonic) return {part, seconds};
  constexpr std::uint64_t monotonic_bit = 1ULL << 63;
  return {monotonic_bit | bits(wrap(bits(seconds) - bits(first_packed_second))) << 30 | part, monotonic};
}

void GoTime::strip_monotonic() {
  has_monotonic = false;
  monotonic = 0;
}

GoTime GoTime::in(const Location* other) const {
  GoTime time = *this;
  time.strip_monotonic();
  time.location = other == &utc_location ? nullptr : other;
  return time;
}

void GoTime::add_seconds(std::int64_t count) {
  const std::int64_t sum = wrap(bits(seconds) + bits(count));
  if (has_monotonic) {
    const std::int64_t packed = wrap(bits(sum) - bits(first_packed_second));
    if (packed < 0 || packed >= packed_seconds) strip_monotonic();
  }
  if ((sum > seconds) == (count > 0)) {
    seconds = sum;
  } else {
    seconds = count > 0 ? largest : -largest;
  }
}

GoTime GoTime::add(std::int64_t duration) const {
  GoTime time = *this;
  std::int64_t count = duration / second;
  std::int64_t nanos = nanoseconds + duration % second;
  if (nanos >= second) {
    ++count;
    nanos -= second;
  } else if (nanos < 0) {
    --count;
    nanos += second;
  }
  time.nanoseconds = static_cast<std::int32_t>(nanos);
  time.add_seconds(count);
  if (time.has_monotonic && __builtin_add_overflow(monotonic, duration, &time.monotonic)) time.strip_monotonic();
  return time;
}

GoTime GoTime::add_date(std::int64_t years, std::int64_t months, std::int64_t days) const {
  const CivilDate today = date();
  const ClockTime now = clock();
  DateParts parts;
  parts.year = wrap(bits(today.year) + bits(years));
  parts.month = wrap(bits(today.month) + bits(months));
  parts.day = wrap(bits(today.day) + bits(days));
  parts.hour = now.hour;
  parts.minute = now.minute;
  parts.second = now.second;
  parts.nanosecond = nanoseconds;
  return make_time(parts, location);
}

int GoTime::compare(const GoTime& other) const {
  if (has_monotonic && other.has_monotonic) {
    return monotonic < other.monotonic ? -1 : monotonic > other.monotonic ? 1 : 0;
  }
  if (seconds != other.seconds) return seconds < other.seconds ? -1 : 1;
  return nanoseconds < other.nanoseconds ? -1 : nanoseconds > other.nanoseconds ? 1 : 0;
}

std::int64_t GoTime::subtract(const GoTime& other) const {
  if (has_monotonic && other.has_monotonic) return difference(monotonic, other.monotonic);
  const std::int64_t duration =
      wrap((bits(seconds) - bits(other.seconds)) * bits(second) + bits(nanoseconds - other.nanoseconds));
  const GoTime sum = other.add(duration);
  if (sum.seconds == seconds && sum.nanoseconds == nanoseconds) return duration;
  return compare(other) < 0 ? smallest : largest;
}

namespace {

/// The remainder of the time since year 1 by a duration, as div in package time.
std::int64_t remainder(const GoTime& time, std::int64_t duration) {
  const bool negative = time.seconds < 0;
  std::uint64_t count = bits(time.seconds);
  std::int64_t nanos = time.nanoseconds;
  if (negative) {
    count = -count;
    nanos = -nanos;
    if (nanos < 0) {
      nanos += second;
      --count;
    }
  }
  __extension__ using Wide = unsigned __int128;
  const Wide total = Wide(count) * second + bits(nanos);
  const std::int64_t rest = wrap(static_cast<std::uint64_t>(total % bits(duration)));
  return negative && rest != 0 ? duration - rest : rest;
}

}  // namespace

GoTime GoTime::truncate(std::int64_t duration) const {
  GoTime time = *this;
  time.strip_monotonic();
  return duration <= 0 ? time : time.add(-remainder(time, duration));
}

GoTime GoTime::round(std::int64_t duration) const {
  GoTime time = *this;
  time.strip_monotonic();
  if (duration <= 0) return time;
  const std::int64_t rest = remainder(time, duration);
  return time.add(less_than_half(rest, duration) ? -rest : duration - rest);
}

GoTime make_time(DateParts parts, const Location* location) {
  std::int64_t month = wrap(bits(parts.month) - 1);
  normalize(parts.year, month, 12);
  normalize(parts.second, parts.nanosecond, second);
  normalize(parts.minute, parts.second, 60);
  normalize(parts.hour, parts.minute, 60);
  normalize(parts.day, parts.hour, 24);
  std::int64_t unix_seconds = wrap(bits(unix_of_date(parts.year, static_cast<int>(month) + 1, parts.day)) +
                                   bits(parts.hour * 3600 + parts.minute * 60 + parts.second));
  if (location != nullptr) {
    // A guess with the offset of the local time taken as UTC; a second one when that lies in another period.
    const ZoneLookup guess = location->look_up(unix_seconds);
    std::int64_t offset = guess.offset;
    if (offset != 0) {
      const std::int64_t utc = wrap(bits(unix_seconds) - bits(offset));
      if (utc < guess.start || utc >= guess.end) offset = location->look_up(utc).offset;
      unix_seconds = wrap(bits(unix_seconds) - bits(offset));
    }
  }
  return {wrap(bits(unix_seconds) + bits(unix_to_internal)), static_cast<std::int32_t>(parts.nanosecond), false, 0,
          location};
}

std::int64_t truncate_duration(std::int64_t duration, std::int64_t unit) {
  return unit <= 0 ? duration : duration - duration % unit;
}

std::int64_t round_duration(std::int64_t duration, std::int64_t unit) {
  if (unit <= 0) return duration;
  std::int64_t rest = duration % unit;
  std::int64_t result = 0;
  if (duration < 0) {
    rest = -rest;
    if (less_than_half(rest, unit)) return duration + rest;
    return __builtin_sub_overflow(duration, unit - rest, &result) ? smallest : result;
  }
  if (less_than_half(rest, unit)) return duration - rest;
  return __builtin_add_overflow(duration, unit - rest, &result) ? largest : result;
}

}  // namespace rhumb::funcs
