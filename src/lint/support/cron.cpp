#include "lint/support/cron.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <span>

#include "rhumb/base/strings.h"
#include "rhumb/funcs/duration.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint {
namespace {

constexpr std::int64_t day_seconds = 86400;

constexpr std::array<std::string_view, 12> month_names{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekday_names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Macro {
  std::string_view name;
  std::string_view fields;
};
constexpr std::array macros{
    Macro{"@yearly", "0 0 1 1 *"}, Macro{"@annually", "0 0 1 1 *"}, Macro{"@monthly", "0 0 1 * *"},
    Macro{"@weekly", "0 0 * * 0"}, Macro{"@daily", "0 0 * * *"},    Macro{"@midnight", "0 0 * * *"},
    Macro{"@hourly", "0 * * * *"},
};

}  // namespace

struct CronSchedule::Bounds {
  std::uint64_t least;
  std::uint64_t most;
  std::span<const std::string_view> names;

  /// As parseIntOrName and mustParseInt.
  Result<std::uint64_t> number(std::string_view text) const {
    const auto named = std::find(names.begin(), names.end(), strings::to_lower(text));
    if (named != names.end()) return least + static_cast<std::uint64_t>(named - names.begin());
    return plain_number(text);
  }

  static Result<std::uint64_t> plain_number(std::string_view text) {
    const auto read = atoi(text);
    if (!read) {
      return error(fmt::format("failed to parse int from {}: {}", text, number_error("Atoi", text, read.error)));
    }
    if (read.value < 0) return error(fmt::format("negative number ({}) not allowed: {}", read.value, text));
    return static_cast<std::uint64_t>(read.value);
  }
};

/// As getRange.
Result<CronSchedule::Field> CronSchedule::parse_range(std::string_view text, const Bounds& bounds) {
  const auto parts = strings::split(text, "/");
  const auto ends = strings::split(parts.front(), "-");
  Field field;
  std::uint64_t begin = bounds.least;
  std::uint64_t end = bounds.most;
  if (ends.front() == "*" || ends.front() == "?") {
    field.is_star = true;
  } else {
    auto first = bounds.number(ends.front());
    if (!first) return first.error();
    begin = end = *first;
    if (ends.size() == 2) {
      auto last = bounds.number(ends[1]);
      if (!last) return last.error();
      end = *last;
    }
    if (ends.size() > 2) return error(fmt::format("too many hyphens: {}", text));
  }
  std::uint64_t step = 1;
  if (parts.size() == 2) {
    auto read = Bounds::plain_number(parts[1]);
    if (!read) return read.error();
    step = *read;
    if (ends.size() == 1) end = bounds.most;
    if (step > 1) field.is_star = false;
  }
  if (parts.size() > 2) return error(fmt::format("too many slashes: {}", text));
  if (begin < bounds.least) {
    return error(fmt::format("beginning of range ({}) below minimum ({}): {}", begin, bounds.least, text));
  }
  if (end > bounds.most) return error(fmt::format("end of range ({}) above maximum ({}): {}", end, bounds.most, text));
  if (begin > end) return error(fmt::format("beginning of range ({}) beyond end of range ({}): {}", begin, end, text));
  if (step == 0) return error(fmt::format("step of range should be a positive number: {}", text));
  for (std::uint64_t at = begin; at <= end; at += step) field.bits |= std::uint64_t{1} << at;
  return field;
}

/// As getField: parts without text count for nothing.
Result<CronSchedule::Field> CronSchedule::parse_field(std::string_view text, const Bounds& bounds) {
  Field field;
  for (const std::string_view part : strings::split(text, ",")) {
    if (part.empty()) continue;
    const auto range = parse_range(part, bounds);
    if (!range) return range.error();
    field.bits |= range->bits;
    field.is_star = field.is_star || range->is_star;
  }
  return field;
}

/// As parseDescriptor.
Result<CronSchedule> CronSchedule::parse_macro(std::string_view text) {
  for (const Macro& macro : macros) {
    if (macro.name == text) return parse_unzoned(macro.fields);
  }
  constexpr std::string_view every = "@every ";
  if (!text.starts_with(every)) return error(fmt::format("unrecognized descriptor: {}", text));
  const auto delay = funcs::parse_duration(text.substr(every.size()));
  if (!delay) return error(fmt::format("failed to parse duration {}: {}", text, delay.error().message));
  CronSchedule schedule;
  schedule.every_ = std::max<std::int64_t>(*delay / 1'000'000'000, 1);
  return schedule;
}

Result<CronSchedule> CronSchedule::parse(std::string_view text) {
  if (text.empty()) return error("empty spec string");
  if (text.starts_with("TZ=") || text.starts_with("CRON_TZ=")) {
    const std::size_t blank = text.find(' ');
    const std::size_t equals = text.find('=');
    if (blank == std::string_view::npos) return error(fmt::format("there is no schedule behind the zone: {}", text));
    auto rest = parse_unzoned(strings::trim_space(text.substr(blank)));
    if (rest) rest->zone_ = text.substr(equals + 1, blank - equals - 1);
    return rest;
  }
  return parse_unzoned(text);
}

Result<CronSchedule> CronSchedule::parse_unzoned(std::string_view text) {
  if (text.starts_with('@')) return parse_macro(text);
  const auto fields = strings::fields(text);
  if (fields.size() != 5) {
    return error(fmt::format("expected exactly 5 fields, found {}: [{}]", fields.size(), strings::join(fields, " ")));
  }
  const std::array bounds{Bounds{0, 59, {}}, Bounds{0, 23, {}}, Bounds{1, 31, {}}, Bounds{1, 12, month_names},
                          Bounds{0, 6, weekday_names}};
  CronSchedule schedule;
  const std::array targets{&schedule.minutes_, &schedule.hours_, &schedule.days_, &schedule.months_,
                           &schedule.weekdays_};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto field = parse_field(fields[i], bounds[i]);
    if (!field) return field.error();
    *targets[i] = *field;
  }
  return schedule;
}

/// As dayMatches: where both are given, one of them is enough.
bool CronSchedule::fires_on(std::int64_t day) const {
  const std::chrono::sys_days at{std::chrono::days{day}};
  const std::chrono::year_month_day date(at);
  if (!months_.has(static_cast<unsigned>(date.month()))) return false;
  const bool by_day = days_.has(static_cast<unsigned>(date.day()));
  const bool by_weekday = weekdays_.has(std::chrono::weekday(at).c_encoding());
  return days_.is_star || weekdays_.is_star ? by_day && by_weekday : by_day || by_weekday;
}

std::optional<std::int64_t> CronSchedule::next(std::int64_t after) const {
  if (every_ > 0) return after + every_;
  const auto year_of = [](std::int64_t day) {
    return static_cast<int>(std::chrono::year_month_day(std::chrono::sys_days{std::chrono::days{day}}).year());
  };
  const auto floor_day = [](std::int64_t seconds) {
    return std::chrono::floor<std::chrono::days>(std::chrono::seconds{seconds}).count();
  };
  const std::int64_t first = after + 1;
  const int last_year = year_of(floor_day(first)) + 5;
  for (std::int64_t day = floor_day(first); year_of(day) <= last_year; ++day) {
    if (!fires_on(day)) continue;
    for (unsigned minute = 0; minute < 24 * 60; ++minute) {
      const std::int64_t at = day * day_seconds + std::int64_t{minute} * 60;
      if (at >= first && hours_.has(minute / 60) && minutes_.has(minute % 60)) return at;
    }
  }
  return {};
}

std::optional<CronSchedule::Pauses> CronSchedule::pauses() const {
  if (every_ > 0) return Pauses{every_, every_};
  constexpr std::int64_t start = 1704067200;  // 2024-01-01, a Monday
  const auto first = next(start - 1);
  if (!first) return {};
  Pauses found;
  std::int64_t last = *first;
  for (int i = 0; i < 400 && last < start + 731 * day_seconds; ++i) {
    const auto following = next(last);
    if (!following) return found.longest == 0 ? Pauses{INT64_MAX, INT64_MAX} : found;
    found.shortest = std::min(found.shortest, *following - last);
    found.longest = std::max(found.longest, *following - last);
    last = *following;
  }
  return found;
}

std::optional<std::int64_t> CronSchedule::longest_pause() const {
  const auto found = pauses();
  return found ? std::optional(found->longest) : std::nullopt;
}

std::optional<std::int64_t> CronSchedule::shortest_pause() const {
  const auto found = pauses();
  return found ? std::optional(found->shortest) : std::nullopt;
}

}  // namespace rhumb::lint
