// Durations: sprig's (date.go, sprig 3.3.0), Helm's own (pkg/engine/funcs.go, helm 4.3.1), the methods of
// time.Duration.
#include <array>
#include <cmath>

#include "funcs/families.h"
#include "funcs/support/time_value.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Method;
using gotmpl::Signature;

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;

// --- sprig ---

Value duration(CallContext& context, Args args) {
  std::int64_t count = 0;
  if (args[0].is_string()) count = parse_int(args[0].as_text()).value;
  if (args[0].type() == Type::int64) count = args[0].as_integer();
  const std::uint64_t nanoseconds = static_cast<std::uint64_t>(count) * static_cast<std::uint64_t>(second);
  return context.string(duration_string(static_cast<std::int64_t>(nanoseconds)));
}

std::int64_t round_argument(CallContext& context, const Value& value) {
  std::int64_t duration = 0;
  std::string ignored;
  if (value.is_string()) return parse_duration(value.as_text(), duration, ignored) ? duration : 0;
  if (value.type() == Type::int64) return value.as_integer();
  if (value.type() == Type::time) return current_time(context).subtract(time_of(value));
  return 0;
}

Value duration_round(CallContext& context, Args args) {
  struct Unit {
    std::uint64_t size;
    std::string_view name;
  };
  constexpr auto hours = static_cast<std::uint64_t>(hour);
  constexpr std::array units{Unit{hours * 24 * 365, "y"}, Unit{hours * 24 * 30, "mo"},
                             Unit{hours * 24, "d"},       Unit{hours, "h"},
                             Unit{hours / 60, "m"},       Unit{hours / 3600, "s"}};
  const std::int64_t duration = round_argument(context, args[0]);
  const auto magnitude = duration < 0 ? -static_cast<std::uint64_t>(duration) : static_cast<std::uint64_t>(duration);
  for (const Unit& unit : units) {
    if (magnitude > unit.size) return context.string(std::to_string(magnitude / unit.size).append(unit.name));
  }
  return context.string("0s");
}

// --- Helm 4 ---

struct Parsed {
  std::int64_t duration = 0;
  std::string error;
};

Parsed overflow(std::string number) { return {0, "duration seconds overflow: " + std::move(number)}; }

Parsed from_seconds(std::int64_t seconds) {
  if (seconds > INT64_MAX / second || seconds < INT64_MIN / second) return overflow(std::to_string(seconds));
  return {seconds * second, {}};
}

Parsed from_seconds(double seconds) {
  if (std::isnan(seconds) || std::isinf(seconds)) {
    return {0, "invalid duration seconds: " + sprint(Value::floating(seconds))};
  }
  constexpr auto limit = static_cast<double>(INT64_MAX);
  if (std::abs(seconds) > limit / second) return overflow(sprint(Value::floating(seconds)));
  const double nanoseconds = seconds * second;
  // A value of exactly 2^63 passes Go's comparison; its conversion gives the smallest integer on amd64.
  if (nanoseconds >= limit) return {INT64_MIN, {}};
  return {static_cast<std::int64_t>(nanoseconds), {}};
}

Parsed parse_text(std::string_view text) {
  const std::string_view trimmed = strings::trim_space(text);
  if (trimmed.empty()) return {0, "empty duration"};
  Parsed parsed;
  if (parse_duration(trimmed, parsed.duration, parsed.error)) return {parsed.duration, {}};
  const auto number = parse_float(trimmed);
  if (number) return from_seconds(number.value);
  return {0, "could not parse duration " + quote(text)};
}

/// As asDuration, helm 4.3.1.
Parsed as_duration(const Value& value) {
  if (value.type() == Type::duration) return {value.as_integer(), {}};
  if (value.is_string()) return parse_text(value.as_text());
  switch (value.rep()) {
    case Rep::nothing: return {0, "invalid duration"};
    case Rep::integer: return from_seconds(value.as_integer());
    case Rep::unsigned_integer:
      if (value.as_unsigned() > static_cast<std::uint64_t>(INT64_MAX / second)) {
        return overflow(std::to_string(value.as_unsigned()));
      }
      return from_seconds(static_cast<std::int64_t>(value.as_unsigned()));
    case Rep::floating: return from_seconds(value.as_double());
    default: return {0, "unsupported duration type " + std::string(value.type_name())};
  }
}

/// 0 for what is no duration.
std::int64_t or_zero(const Value& value) {
  const Parsed parsed = as_duration(value);
  return parsed.error.empty() ? parsed.duration : 0;
}

Value must_to_duration(CallContext&, Args args) {
  const Parsed parsed = as_duration(args[0]);
  if (!parsed.error.empty()) throw FunctionError{parsed.error};
  return Value::integer(parsed.duration, Type::duration);
}

/// Whole units and the rest apart, as Duration.Seconds, Minutes and Hours.
double in_units(std::int64_t duration, std::int64_t unit) {
  const std::int64_t whole = duration / unit;
  return static_cast<double>(whole) + static_cast<double>(duration % unit) / static_cast<double>(unit);
}

Value duration_seconds(CallContext&, Args args) { return Value::floating(in_units(or_zero(args[0]), second)); }
Value duration_minutes(CallContext&, Args args) { return Value::floating(in_units(or_zero(args[0]), minute)); }
Value duration_hours(CallContext&, Args args) { return Value::floating(in_units(or_zero(args[0]), hour)); }
Value duration_days(CallContext&, Args args) { return Value::floating(in_units(or_zero(args[0]), hour) / 24.0); }
Value duration_weeks(CallContext&, Args args) { return Value::floating(in_units(or_zero(args[0]), hour) / 24.0 / 7.0); }
Value duration_nanoseconds(CallContext&, Args args) { return Value::int64(or_zero(args[0])); }
Value duration_microseconds(CallContext&, Args args) { return Value::int64(or_zero(args[0]) / 1'000); }
Value duration_milliseconds(CallContext&, Args args) { return Value::int64(or_zero(args[0]) / 1'000'000); }

template <std::int64_t (*change)(std::int64_t, std::int64_t)>
Value change_to(CallContext&, Args args) {
  const Parsed value = as_duration(args[0]);
  if (!value.error.empty()) return Value::integer(0, Type::duration);
  const Parsed unit = as_duration(args[1]);
  const std::int64_t result = unit.error.empty() ? change(value.duration, unit.duration) : value.duration;
  return Value::integer(result, Type::duration);
}

constexpr Signature to_float = Signature::of({Type::interface}, Type::float64);
constexpr Signature to_int64 = Signature::of({Type::interface}, Type::int64);
constexpr Signature to_multiple = Signature::of({Type::interface, Type::interface}, Type::duration);

constexpr Function table[] = {
    {"duration", Signature::of({Type::interface}, Type::string), duration},
    {"durationDays", to_float, duration_days},
    {"durationHours", to_float, duration_hours},
    {"durationMicroseconds", to_int64, duration_microseconds},
    {"durationMilliseconds", to_int64, duration_milliseconds},
    {"durationMinutes", to_float, duration_minutes},
    {"durationNanoseconds", to_int64, duration_nanoseconds},
    {"durationRound", Signature::of({Type::interface}, Type::string), duration_round},
    {"durationRoundTo", to_multiple, change_to<round_duration>},
    {"durationSeconds", to_float, duration_seconds},
    {"durationTruncateTo", to_multiple, change_to<truncate_duration>},
    {"durationWeeks", to_float, duration_weeks},
    {"mustToDuration", Signature::of({Type::interface}, Type::duration), must_to_duration},
};

// --- methods ---

std::int64_t receiver(Args args) { return args[0].as_integer(); }

Value abs_method(CallContext&, Args args) {
  const std::int64_t duration = receiver(args);
  return Value::integer(duration == INT64_MIN ? INT64_MAX : std::abs(duration), Type::duration);
}
Value hours_method(CallContext&, Args args) { return Value::floating(in_units(receiver(args), hour)); }
Value minutes_method(CallContext&, Args args) { return Value::floating(in_units(receiver(args), minute)); }
Value seconds_method(CallContext&, Args args) { return Value::floating(in_units(receiver(args), second)); }
Value milliseconds_method(CallContext&, Args args) { return Value::int64(receiver(args) / 1'000'000); }
Value microseconds_method(CallContext&, Args args) { return Value::int64(receiver(args) / 1'000); }
Value nanoseconds_method(CallContext&, Args args) { return Value::int64(receiver(args)); }
Value round_method(CallContext&, Args args) {
  return Value::integer(round_duration(receiver(args), args[1].as_integer()), Type::duration);
}
Value truncate_method(CallContext&, Args args) {
  return Value::integer(truncate_duration(receiver(args), args[1].as_integer()), Type::duration);
}
Value string_method(CallContext& context, Args args) { return context.string(duration_string(receiver(args))); }

constexpr Signature gives_float = Signature::of({}, Type::float64);
constexpr Signature gives_int64 = Signature::of({}, Type::int64);
constexpr Signature takes_duration = Signature::of({Type::duration}, Type::duration);

constexpr Method methods[] = {
    {Type::duration, "Abs", Signature::of({}, Type::duration), abs_method},
    {Type::duration, "Hours", gives_float, hours_method},
    {Type::duration, "Microseconds", gives_int64, microseconds_method},
    {Type::duration, "Milliseconds", gives_int64, milliseconds_method},
    {Type::duration, "Minutes", gives_float, minutes_method},
    {Type::duration, "Nanoseconds", gives_int64, nanoseconds_method},
    {Type::duration, "Round", takes_duration, round_method},
    {Type::duration, "Seconds", gives_float, seconds_method},
    {Type::duration, "String", Signature::of({}, Type::string), string_method},
    {Type::duration, "Truncate", takes_duration, truncate_method},
};

}  // namespace

const std::span<const Function> duration_functions = table;
const std::span<const Method> duration_methods = methods;

}  // namespace rhumb::funcs
