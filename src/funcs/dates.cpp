// sprig's functions about dates (date.go, sprig 3.3.0).
#include "funcs/families.h"
#include "funcs/support/time_value.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Signature;

constexpr std::string_view html_layout = "2006-01-02";

bool is_unix_time(Type type) { return type == Type::int_ || type == Type::int64 || type == Type::int32; }

/// The argument as a time; now for everything that is neither a time nor an int, int64 or int32.
GoTime time_argument(CallContext& context, const Value& value) {
  if (value.type() == Type::time) return time_of(value);
  if (is_unix_time(value.type())) return GoTime::from_unix(value.as_integer(), local_zone(context));
  return current_time(context);
}

Value format_in_zone(CallContext& context, std::string_view layout, const Value& value, std::string_view zone) {
  const GoTime time = time_argument(context, value);
  if (zone == "Local") return context.string(format_time(time.in(&local_zone(context)), layout));
  const auto loaded = load_location(zone);  // UTC for a zone that does not exist
  return context.string(format_time(time.in(loaded == nullptr ? nullptr : &loaded->location()), layout));
}

Value now(CallContext& context, Args) { return make_time_value(context.heap, current_time(context)); }

Value date(CallContext& context, Args args) { return format_in_zone(context, args[0].as_text(), args[1], "Local"); }

Value date_in_zone(CallContext& context, Args args) {
  return format_in_zone(context, args[0].as_text(), args[1], args[2].as_text());
}

Value html_date(CallContext& context, Args args) { return format_in_zone(context, html_layout, args[0], "Local"); }

Value html_date_in_zone(CallContext& context, Args args) {
  return format_in_zone(context, html_layout, args[0], args[1].as_text());
}

Value parse_date(CallContext& context, Args args, std::string& error) {
  GoTime time;
  HeapZones zones(context.heap);
  parse_time(args[0].as_text(), args[1].as_text(), &local_zone(context), zones, time, error);
  return make_time_value(context.heap, time);
}

Value to_date(CallContext& context, Args args) {
  std::string ignored;
  return parse_date(context, args, ignored);
}

Value must_to_date(CallContext& context, Args args) {
  std::string error;
  Value time = parse_date(context, args, error);
  if (!error.empty()) throw FunctionError{error};
  return time;
}

Value date_modify(CallContext& context, Args args) {
  std::int64_t duration = 0;
  std::string ignored;
  if (!parse_duration(args[0].as_text(), duration, ignored)) return args[1];
  return make_time_value(context.heap, time_of(args[1]).add(duration));
}

Value must_date_modify(CallContext& context, Args args) {
  std::int64_t duration = 0;
  std::string error;
  if (!parse_duration(args[0].as_text(), duration, error)) throw FunctionError{error};
  return make_time_value(context.heap, time_of(args[1]).add(duration));
}

Value unix_epoch(CallContext& context, Args args) {
  return context.string(std::to_string(time_of(args[0]).unix_seconds()));
}

Value ago(CallContext& context, Args args) {
  // As dateAgo, which knows no int32.
  const GoTime time = args[0].type() == Type::int32 ? current_time(context) : time_argument(context, args[0]);
  const std::int64_t passed = current_time(context).subtract(time);
  return context.string(duration_string(round_duration(passed, 1'000'000'000)));
}

constexpr Signature format_signature = Signature::of({Type::string, Type::interface}, Type::string);
constexpr Signature zone_signature = Signature::of({Type::string, Type::interface, Type::string}, Type::string);
constexpr Signature parse_signature = Signature::of({Type::string, Type::string}, Type::time);
constexpr Signature modify_signature = Signature::of({Type::string, Type::time}, Type::time);

constexpr Function table[] = {
    {"ago", Signature::of({Type::interface}, Type::string), ago},
    {"date", format_signature, date},
    {"dateInZone", zone_signature, date_in_zone},
    {"dateModify", modify_signature, date_modify},
    {"date_in_zone", zone_signature, date_in_zone},
    {"date_modify", modify_signature, date_modify},
    {"htmlDate", Signature::of({Type::interface}, Type::string), html_date},
    {"htmlDateInZone", Signature::of({Type::interface, Type::string}, Type::string), html_date_in_zone},
    {"mustDateModify", modify_signature, must_date_modify},
    {"mustToDate", parse_signature, must_to_date},
    {"must_date_modify", modify_signature, must_date_modify},
    {"now", Signature::of({}, Type::time), now},
    {"toDate", parse_signature, to_date},
    {"unixEpoch", Signature::of({Type::time}, Type::string), unix_epoch},
};

}  // namespace

const std::span<const Function> date_functions = table;

}  // namespace rhumb::funcs
