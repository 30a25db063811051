// The Go types that a template can meet. A value's type shows in typeOf, in error texts, in dig, in printing: an int
// is no int64, []string is not []interface {}, common.Values is no plain map.
#pragma once

#include <cstdint>
#include <string_view>

namespace rhumb {

/// Go's reflect.Kind, as far as templates reach.
enum class Kind : std::uint8_t {
  invalid,
  boolean,
  int_,
  int8,
  int16,
  int32,
  int64,
  uint,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  complex128,
  string,
  slice,
  map,
  structure,
  pointer,
  interface,
  function,
};

enum class Type : std::uint8_t {
  nil,  // no type: an untyped nil (a nil interface)
  boolean,
  int_,
  int8,
  int16,
  int32,
  int64,
  uint,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  complex128,
  string,
  bytes,             // []uint8
  slice_any,         // []interface {}
  slice_string,      // []string
  slice_int,         // []int
  slice_float64,     // []float64
  slice_slice_any,   // [][]interface {}
  slice_map_any,     // []map[string]interface {}
  version_set,       // common.VersionSet, a []string
  map_any,           // map[string]interface {}
  map_string,        // map[string]string
  values,            // common.Values, a map[string]interface {}
  files,             // engine.files, a map[string][]uint8
  duration,          // time.Duration, an int64
  month,             // time.Month, an int
  weekday,           // time.Weekday, an int
  time,              // time.Time
  location,          // *time.Location
  semver,            // *semver.Version
  semver_value,      // semver.Version
  capabilities,      // *common.Capabilities
  kube_version,      // common.KubeVersion
  helm_version,      // version.BuildInfo
  certificate,       // sprig.certificate
  chart_metadata,    // chart.Metadata (Helm 3 only)
  maintainer,        // *chart.Maintainer (Helm 3 only)
  dependency,        // *chart.Dependency (Helm 3 only)
  slice_maintainer,  // []*chart.Maintainer (Helm 3 only)
  slice_dependency,  // []*chart.Dependency (Helm 3 only)
  error,             // *errors.errorString
  // Only what a time is made of, as printf shows it.
  zone,                   // time.zone
  zone_pointer,           // *time.zone
  zone_transition,        // time.zoneTrans
  slice_zone,             // []time.zone
  slice_zone_transition,  // []time.zoneTrans
  // Only static types of parameters and results; no value has them.
  interface,        // interface {}
  error_interface,  // error
  writer,           // io.Writer
  reflect_value,    // reflect.Value: anything, untyped nil included, taken as it is
  count_,
};

/// What the payload of a value is.
enum class Rep : std::uint8_t {
  nothing,
  boolean,
  integer,
  unsigned_integer,
  floating,
  complex,
  text,
  list,
  map,
  structure
};

struct TypeInfo {
  std::string_view name;  // as %T prints it
  Kind kind;
  Rep rep;
  Type element;  // of slices and maps; nil otherwise
};

const TypeInfo& type_info(Type type);
/// Go's name of a kind: "int", "slice", "ptr", "invalid" ...
std::string_view kind_name(Kind kind);

inline bool is_slice(Type type) { return type_info(type).kind == Kind::slice; }
inline bool is_map(Type type) { return type_info(type).kind == Kind::map; }

}  // namespace rhumb
