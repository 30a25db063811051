#include "rhumb/value/type.h"

#include <array>
#include <cstddef>

namespace rhumb {
namespace {

constexpr std::array<TypeInfo, static_cast<std::size_t>(Type::count_)> infos{{
    {"<nil>", Kind::invalid, Rep::nothing, Type::nil},
    {"bool", Kind::boolean, Rep::boolean, Type::nil},
    {"int", Kind::int_, Rep::integer, Type::nil},
    {"int8", Kind::int8, Rep::integer, Type::nil},
    {"int16", Kind::int16, Rep::integer, Type::nil},
    {"int32", Kind::int32, Rep::integer, Type::nil},
    {"int64", Kind::int64, Rep::integer, Type::nil},
    {"uint", Kind::uint, Rep::unsigned_integer, Type::nil},
    {"uint8", Kind::uint8, Rep::unsigned_integer, Type::nil},
    {"uint16", Kind::uint16, Rep::unsigned_integer, Type::nil},
    {"uint32", Kind::uint32, Rep::unsigned_integer, Type::nil},
    {"uint64", Kind::uint64, Rep::unsigned_integer, Type::nil},
    {"float32", Kind::float32, Rep::floating, Type::nil},
    {"float64", Kind::float64, Rep::floating, Type::nil},
    {"complex128", Kind::complex128, Rep::complex, Type::nil},
    {"string", Kind::string, Rep::text, Type::uint8},
    {"[]uint8", Kind::slice, Rep::text, Type::uint8},
    {"[]interface {}", Kind::slice, Rep::list, Type::interface},
    {"[]string", Kind::slice, Rep::list, Type::string},
    {"[]int", Kind::slice, Rep::list, Type::int_},
    {"[]float64", Kind::slice, Rep::list, Type::float64},
    {"[][]interface {}", Kind::slice, Rep::list, Type::slice_any},
    {"[]map[string]interface {}", Kind::slice, Rep::list, Type::map_any},
    {"common.VersionSet", Kind::slice, Rep::list, Type::string},
    {"map[string]interface {}", Kind::map, Rep::map, Type::interface},
    {"map[string]string", Kind::map, Rep::map, Type::string},
    {"common.Values", Kind::map, Rep::map, Type::interface},
    {"engine.files", Kind::map, Rep::map, Type::bytes},
    {"time.Duration", Kind::int64, Rep::integer, Type::nil},
    {"time.Month", Kind::int_, Rep::integer, Type::nil},
    {"time.Weekday", Kind::int_, Rep::integer, Type::nil},
    {"time.Time", Kind::structure, Rep::structure, Type::nil},
    {"*time.Location", Kind::pointer, Rep::structure, Type::nil},
    {"*semver.Version", Kind::pointer, Rep::structure, Type::semver_value},
    {"semver.Version", Kind::structure, Rep::structure, Type::nil},
    {"*common.Capabilities", Kind::pointer, Rep::structure, Type::nil},
    {"common.KubeVersion", Kind::structure, Rep::structure, Type::nil},
    {"version.BuildInfo", Kind::structure, Rep::structure, Type::nil},
    {"sprig.certificate", Kind::structure, Rep::structure, Type::nil},
    {"chart.Metadata", Kind::structure, Rep::structure, Type::nil},
    {"*chart.Maintainer", Kind::pointer, Rep::structure, Type::nil},
    {"*chart.Dependency", Kind::pointer, Rep::structure, Type::nil},
    {"[]*chart.Maintainer", Kind::slice, Rep::list, Type::maintainer},
    {"[]*chart.Dependency", Kind::slice, Rep::list, Type::dependency},
    {"*errors.errorString", Kind::pointer, Rep::structure, Type::nil},
    {"time.zone", Kind::structure, Rep::structure, Type::nil},
    {"*time.zone", Kind::pointer, Rep::structure, Type::zone},
    {"time.zoneTrans", Kind::structure, Rep::structure, Type::nil},
    {"[]time.zone", Kind::slice, Rep::list, Type::zone},
    {"[]time.zoneTrans", Kind::slice, Rep::list, Type::zone_transition},
    {"interface {}", Kind::interface, Rep::nothing, Type::nil},
    {"error", Kind::interface, Rep::nothing, Type::nil},
    {"io.Writer", Kind::interface, Rep::nothing, Type::nil},
    {"reflect.Value", Kind::structure, Rep::nothing, Type::nil},
}};

constexpr std::array<std::string_view, 22> kind_names{
    "invalid", "bool",    "int",     "int8",       "int16",  "int32", "int64", "uint",   "uint8", "uint16",    "uint32",
    "uint64",  "float32", "float64", "complex128", "string", "slice", "map",   "struct", "ptr",   "interface", "func"};

}  // namespace

const TypeInfo& type_info(Type type) { return infos[static_cast<std::size_t>(type)]; }

std::string_view kind_name(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

}  // namespace rhumb
