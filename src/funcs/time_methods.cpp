// The methods of time.Time, time.Month, time.Weekday and *time.Location that a template can call: those with one
// result, or with a result and an error. Those with other results are refused when they are called.
#include "funcs/families.h"
#include "funcs/support/time_value.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Method;
using gotmpl::Signature;

const GoTime& receiver(Args args) { return time_of(args[0]); }
Value give(CallContext& context, const GoTime& time) { return make_time_value(context.heap, time); }

// --- parts ---

Value year(CallContext&, Args args) { return Value::integer(receiver(args).date().year); }
Value month(CallContext&, Args args) { return Value::integer(receiver(args).date().month, Type::month); }
Value day(CallContext&, Args args) { return Value::integer(receiver(args).date().day); }
Value weekday(CallContext&, Args args) { return Value::integer(receiver(args).weekday(), Type::weekday); }
Value hour(CallContext&, Args args) { return Value::integer(receiver(args).clock().hour); }
Value minute(CallContext&, Args args) { return Value::integer(receiver(args).clock().minute); }
Value second(CallContext&, Args args) { return Value::integer(receiver(args).clock().second); }
Value nanosecond(CallContext&, Args args) { return Value::integer(receiver(args).nanoseconds); }
Value year_day(CallContext&, Args args) { return Value::integer(receiver(args).date().year_day); }
Value is_dst(CallContext&, Args args) { return Value::boolean(receiver(args).zone().is_dst); }
Value is_zero(CallContext&, Args args) { return Value::boolean(receiver(args).is_zero()); }

/// Unix time in 1/`per_second` seconds; wraps as in Go.
Value unix_time(const GoTime& time, std::uint64_t per_second) {
  const std::uint64_t whole = static_cast<std::uint64_t>(time.unix_seconds()) * per_second;
  const std::uint64_t part = static_cast<std::uint64_t>(time.nanoseconds) / (1'000'000'000 / per_second);
  return Value::int64(static_cast<std::int64_t>(whole + part));
}
Value unix_seconds(CallContext&, Args args) { return Value::int64(receiver(args).unix_seconds()); }
Value unix_milli(CallContext&, Args args) { return unix_time(receiver(args), 1'000); }
Value unix_micro(CallContext&, Args args) { return unix_time(receiver(args), 1'000'000); }
Value unix_nano(CallContext&, Args args) { return unix_time(receiver(args), 1'000'000'000); }

// --- text ---

Value string(CallContext& context, Args args) { return context.string(time_string(receiver(args))); }
Value go_string(CallContext& context, Args args) { return context.string(time_go_string(receiver(args))); }
Value format(CallContext& context, Args args) { return context.string(format_time(receiver(args), args[1].as_text())); }
Value append_format(CallContext& context, Args args) {
  return context.heap.bytes(std::string(args[1].as_text()) + format_time(receiver(args), args[2].as_text()));
}

std::string rfc3339(const GoTime& time, std::string_view method) {
  std::string text;
  if (!append_rfc3339(text, time)) throw FunctionError{"Time." + std::string(method) + ": " + text};
  return text;
}
Value marshal_json(CallContext& context, Args args) {
  return context.heap.bytes('"' + rfc3339(receiver(args), "MarshalJSON") + '"');
}
Value marshal_text(CallContext& context, Args args) {
  return context.heap.bytes(rfc3339(receiver(args), "MarshalText"));
}
Value append_text(CallContext& context, Args args) {
  return context.heap.bytes(std::string(args[1].as_text()) + rfc3339(receiver(args), "AppendText"));
}

/// As Time.AppendBinary: version, seconds, nanoseconds, offset in minutes (-1 for UTC) and its odd seconds.
std::string binary(const GoTime& time) {
  std::int64_t offset = time.location == nullptr ? -60 : time.zone().offset;
  const bool odd = offset % 60 != 0;
  const std::int64_t minutes = offset / 60;
  if (time.location != nullptr && (minutes < INT16_MIN || minutes == -1 || minutes > INT16_MAX)) {
    throw FunctionError{"Time.MarshalBinary: unexpected zone offset"};
  }
  std::string out(1, odd ? '\2' : '\1');
  const auto append = [&](std::uint64_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
  };
  append(static_cast<std::uint64_t>(time.seconds), 8);
  append(static_cast<std::uint64_t>(time.nanoseconds), 4);
  append(static_cast<std::uint64_t>(minutes), 2);
  if (odd) append(static_cast<std::uint64_t>(offset % 60), 1);
  return out;
}
Value marshal_binary(CallContext& context, Args args) { return context.heap.bytes(binary(receiver(args))); }
Value append_binary(CallContext& context, Args args) {
  return context.heap.bytes(std::string(args[1].as_text()) + binary(receiver(args)));
}

// --- comparison and arithmetic ---

Value after(CallContext&, Args args) { return Value::boolean(receiver(args).compare(time_of(args[1])) > 0); }
Value before(CallContext&, Args args) { return Value::boolean(receiver(args).compare(time_of(args[1])) < 0); }
Value equal(CallContext&, Args args) { return Value::boolean(receiver(args).compare(time_of(args[1])) == 0); }
Value compare(CallContext&, Args args) { return Value::integer(receiver(args).compare(time_of(args[1]))); }
Value add(CallContext& context, Args args) { return give(context, receiver(args).add(args[1].as_integer())); }
Value add_date(CallContext& context, Args args) {
  return give(context, receiver(args).add_date(args[1].as_integer(), args[2].as_integer(), args[3].as_integer()));
}
Value sub(CallContext&, Args args) { return Value::integer(receiver(args).subtract(time_of(args[1])), Type::duration); }
Value round(CallContext& context, Args args) { return give(context, receiver(args).round(args[1].as_integer())); }
Value truncate(CallContext& context, Args args) { return give(context, receiver(args).truncate(args[1].as_integer())); }

// --- zones ---

Value utc(CallContext& context, Args args) { return give(context, receiver(args).in(nullptr)); }
Value local(CallContext& context, Args args) { return give(context, receiver(args).in(&local_zone(context))); }
Value location(CallContext& context, Args args) { return make_location_value(context.heap, receiver(args).location); }
Value in(CallContext& context, Args args) {
  if (!args[1].is_structure()) throw FunctionError{"time: missing Location in call to Time.In"};
  return give(context, receiver(args).in(static_cast<const LocationStructure&>(args[1].as_structure()).location));
}

// --- Month, Weekday, Location ---

Value month_name(CallContext& context, Args args) { return context.string(month_string(args[0].as_integer())); }
Value weekday_name(CallContext& context, Args args) { return context.string(weekday_string(args[0].as_integer())); }
Value location_name(CallContext& context, Args args) {
  const auto& value = static_cast<const LocationStructure&>(args[0].as_structure());
  return context.string(value.location == nullptr ? "UTC" : value.location->name);
}

constexpr Signature gives(Type type) { return Signature::of({}, type); }
constexpr Signature takes(Type parameter, Type result) { return Signature::of({parameter}, result); }

constexpr Method methods[] = {
    {Type::time, "Clock", Signature::results_of({Type::int_, Type::int_, Type::int_}), nullptr},
    {Type::time, "Date", Signature::results_of({Type::int_, Type::month, Type::int_}), nullptr},
    {Type::time, "ISOWeek", Signature::results_of({Type::int_, Type::int_}), nullptr},
    {Type::time, "Zone", Signature::results_of({Type::string, Type::int_}), nullptr},
    {Type::time, "ZoneBounds", Signature::results_of({Type::time, Type::time}), nullptr},
    {Type::time, "Add", takes(Type::duration, Type::time), add},
    {Type::time, "AddDate", Signature::of({Type::int_, Type::int_, Type::int_}, Type::time), add_date},
    {Type::time, "After", takes(Type::time, Type::boolean), after},
    {Type::time, "AppendBinary", takes(Type::bytes, Type::bytes), append_binary},
    {Type::time, "AppendFormat", Signature::of({Type::bytes, Type::string}, Type::bytes), append_format},
    {Type::time, "AppendText", takes(Type::bytes, Type::bytes), append_text},
    {Type::time, "Before", takes(Type::time, Type::boolean), before},
    {Type::time, "Compare", takes(Type::time, Type::int_), compare},
    {Type::time, "Day", gives(Type::int_), day},
    {Type::time, "Equal", takes(Type::time, Type::boolean), equal},
    {Type::time, "Format", takes(Type::string, Type::string), format},
    {Type::time, "GoString", gives(Type::string), go_string},
    {Type::time, "GobEncode", gives(Type::bytes), marshal_binary},
    {Type::time, "Hour", gives(Type::int_), hour},
    {Type::time, "In", takes(Type::location, Type::time), in},
    {Type::time, "IsDST", gives(Type::boolean), is_dst},
    {Type::time, "IsZero", gives(Type::boolean), is_zero},
    {Type::time, "Local", gives(Type::time), local},
    {Type::time, "Location", gives(Type::location), location},
    {Type::time, "MarshalBinary", gives(Type::bytes), marshal_binary},
    {Type::time, "MarshalJSON", gives(Type::bytes), marshal_json},
    {Type::time, "MarshalText", gives(Type::bytes), marshal_text},
    {Type::time, "Minute", gives(Type::int_), minute},
    {Type::time, "Month", gives(Type::month), month},
    {Type::time, "Nanosecond", gives(Type::int_), nanosecond},
    {Type::time, "Round", takes(Type::duration, Type::time), round},
    {Type::time, "Second", gives(Type::int_), second},
    {Type::time, "String", gives(Type::string), string},
    {Type::time, "Sub", takes(Type::time, Type::duration), sub},
    {Type::time, "Truncate", takes(Type::duration, Type::time), truncate},
    {Type::time, "UTC", gives(Type::time), utc},
    {Type::time, "Unix", gives(Type::int64), unix_seconds},
    {Type::time, "UnixMicro", gives(Type::int64), unix_micro},
    {Type::time, "UnixMilli", gives(Type::int64), unix_milli},
    {Type::time, "UnixNano", gives(Type::int64), unix_nano},
    {Type::time, "Weekday", gives(Type::weekday), weekday},
    {Type::time, "Year", gives(Type::int_), year},
    {Type::time, "YearDay", gives(Type::int_), year_day},
    {Type::month, "String", gives(Type::string), month_name},
    {Type::weekday, "String", gives(Type::string), weekday_name},
    {Type::location, "String", gives(Type::string), location_name},
};

}  // namespace

const std::span<const Method> time_methods = methods;

}  // namespace rhumb::funcs
