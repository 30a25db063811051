#include "funcs/support/time_laid_open.h"

#include <array>
#include <vector>

namespace rhumb::funcs {
namespace {

constexpr std::array<std::string_view, 3> time_names{"wall", "ext", "loc"};
constexpr std::array<std::string_view, 7> location_names{"name",       "zone",     "tx",       "extend",
                                                         "cacheStart", "cacheEnd", "cacheZone"};
constexpr std::array<std::string_view, 3> zone_names{"name", "offset", "isDST"};
constexpr std::array<std::string_view, 4> transition_names{"when", "index", "isstd", "isutc"};

constexpr StructureType open_time{.type = Type::time, .fields = time_names, .json_names = {}};
constexpr StructureType open_location{.type = Type::location, .fields = location_names, .json_names = {}};
constexpr StructureType open_zone{.type = Type::zone, .fields = zone_names, .json_names = {}};
constexpr StructureType pointed_zone{.type = Type::zone_pointer, .fields = zone_names, .json_names = {}};
constexpr StructureType open_transition{.type = Type::zone_transition, .fields = transition_names, .json_names = {}};
constexpr StructureType nil_location{.type = Type::location, .fields = {}, .json_names = {}, .is_nil_pointer = true};
constexpr StructureType nil_zone{.type = Type::zone_pointer, .fields = {}, .json_names = {}, .is_nil_pointer = true};

constexpr ZoneTransition always{INT64_MIN, 0};

template <std::size_t Count>
Value structure(Heap& heap, const StructureType& type, const std::array<Value, Count>& fields) {
  return heap.structure(type, fields);
}

Value zone(Heap& heap, const StructureType& type, std::string_view name, std::int64_t offset, bool is_dst) {
  return structure(heap, type, std::array{heap.string(name), Value::integer(offset), Value::boolean(is_dst)});
}

Value zones(Heap& heap, std::span<const Zone> zones) {
  if (zones.empty()) return Value::nil_list(Type::slice_zone);
  std::vector<Value> items;
  for (const Zone& each : zones) items.push_back(zone(heap, open_zone, each.name, each.offset, each.is_dst));
  return heap.list(items, Type::slice_zone);
}

Value transitions(Heap& heap, const Location& location) {
  if (location.zones.empty()) return Value::nil_list(Type::slice_zone_transition);
  std::span<const ZoneTransition> transitions = location.transitions;
  if (transitions.empty()) transitions = {&always, 1};  // a fixed zone
  std::vector<Value> items;
  for (const ZoneTransition& each : transitions) {
    items.push_back(structure(heap, open_transition,
                              std::array{Value::int64(each.when), Value::unsigned_integer(each.zone, Type::uint8),
                                         Value::boolean(each.is_standard), Value::boolean(each.is_utc)}));
  }
  return heap.list(items, Type::slice_zone_transition);
}

}  // namespace

Value time_laid_open(Heap& heap, const Structure& time) {
  const GoTime& value = static_cast<const TimeStructure&>(time).time;
  const Value location =
      value.location == nullptr ? heap.structure(nil_location, {}) : make_location_value(heap, value.location);
  const WallClock packed = value.packed();
  return structure(heap, open_time,
                   std::array{Value::unsigned_integer(packed.wall), Value::int64(packed.ext), location});
}

Value location_laid_open(Heap& heap, const Structure& structure_of_location) {
  const Location* const given = static_cast<const LocationStructure&>(structure_of_location).location;
  const Location& location = given == nullptr ? utc_location : *given;
  ZoneLookup cached{.start = 0, .end = 0};
  Value cached_zone = heap.structure(nil_zone, {});
  const bool is_in_effect = location.transitions.empty() || location.loaded_at >= location.transitions[0].when;
  if (!location.zones.empty() && is_in_effect) {
    cached = location.look_up(location.loaded_at);
    cached_zone = zone(heap, pointed_zone, cached.name, cached.offset, cached.is_dst);
  }
  return structure(
      heap, open_location,
      std::array{heap.string(location.name), zones(heap, location.zones), transitions(heap, location),
                 heap.string(location.rule), Value::int64(cached.start), Value::int64(cached.end), cached_zone});
}

}  // namespace rhumb::funcs
