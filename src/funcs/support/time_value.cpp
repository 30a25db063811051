#include "funcs/support/time_value.h"

#include <array>

#include "funcs/support/time_laid_open.h"
#include "funcs/support/time_layout.h"

namespace rhumb::funcs {
namespace {

void print_time(std::string& out, const Structure& value) {
  out += time_string(static_cast<const TimeStructure&>(value).time);
}

std::string json_time(std::string& out, const Structure& value) {
  const GoTime& time = static_cast<const TimeStructure&>(value).time;
  std::string text;
  const bool good = append_rfc3339(text, time);
  out += '"' + format_time(time, rfc3339_nano_layout) + '"';
  return good ? "" : "Time.MarshalJSON: " + text;
}

void go_syntax_of_time(std::string& out, const Structure& value) {
  out += time_go_string(static_cast<const TimeStructure&>(value).time);
}

void print_location(std::string& out, const Structure& value) {
  const Location* const location = static_cast<const LocationStructure&>(value).location;
  out += location == nullptr ? "UTC" : location->name;
}

/// A *time.Location has no exported fields.
std::string json_location(std::string& out, const Structure&) {
  out += "{}";
  return {};
}

constexpr std::array<std::string_view, 3> time_fields{"wall", "ext", "loc"};  // no template may read them
constexpr StructureType time_type{Type::time,        time_fields,   {}, print_time, false, json_time,
                                  go_syntax_of_time, time_laid_open};
constexpr StructureType location_type{Type::location,    {}, {}, print_location, false, json_location, nullptr,
                                      location_laid_open};

}  // namespace

Value make_time_value(Heap& heap, const GoTime& time) {
  auto* const made = heap.arena().create<TimeStructure>();
  made->type = &time_type;
  made->time = time;
  return Value::structure(made);
}

Value make_location_value(Heap& heap, const Location* location) {
  auto* const made = heap.arena().create<LocationStructure>();
  made->type = &location_type;
  made->location = location;
  return Value::structure(made);
}

const GoTime& time_of(const Value& value) { return static_cast<const TimeStructure&>(value.as_structure()).time; }

const Location& local_zone(gotmpl::CallContext& context) { return local_location(context.host.local_zone()); }

GoTime current_time(gotmpl::CallContext& context) {
  return GoTime::from_instant(context.host.now(), local_zone(context));
}

const Location* HeapZones::fixed_zone(std::string_view name, std::int64_t offset) {
  const std::string_view kept = heap_.arena().copy(name);
  const Zone* const zone = heap_.arena().create<Zone>(Zone{kept, offset, false});
  return heap_.arena().create<Location>(Location{kept, {zone, 1}, {}, {}});
}

}  // namespace rhumb::funcs
