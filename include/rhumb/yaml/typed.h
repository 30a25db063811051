// YAML into Go types: a table describes the type, the errors are encoding/json's. Scalars that land in a string are
// written out from their resolved value ("1.10" gives "1.1", "yes" gives "true"), keys match without case when no field
// has the exact name, unknown keys are dropped (or refused: strict).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "rhumb/base/result.h"
#include "rhumb/value/value.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::yaml {

enum class TargetKind : std::uint8_t { any, string, boolean, integer, list, map, structure, custom };

struct Target;

struct TargetField {
  std::string_view name;  // in JSON
  const Target* target;
};

/// A Go type. For *T the table of T with `pointer`: null makes it nil.
struct Target {
  TargetKind kind = TargetKind::any;
  std::string_view go_type;      // without the star: "string", "[]*v2.Dependency", "map[string]string", "v2.Metadata"
  std::string_view struct_name;  // as reflect's Name(): "Metadata", "" for an anonymous struct
  bool pointer = false;
  const Target* element = nullptr;           // of lists and maps (keys are strings)
  std::span<const TargetField> fields = {};  // of structures, in order
  /// Of custom: as UnmarshalJSON with the JSON text; false and a text for an error.
  bool (*unmarshal)(Heap& heap, std::string_view json, Value& value, std::string& error) = nullptr;
};

/// What Go's decoder leaves behind: the value as far as it got, and the first error.
/// Structures come as maps with the fields that the text has, under their JSON names; a nil pointer is nil; a string of
/// a list that is null, and so leaves what was there before, is a text without a payload.
struct TypedValue {
  Value value;
  std::string error;  // empty: none

  bool ok() const { return error.empty(); }
};

TypedValue read_typed(std::string_view text, const Target& target, Heap& heap, const ReadOptions& options = {});

/// The usual leaves.
extern const Target string_target;
extern const Target bool_target;
extern const Target any_target;
extern const Target string_list_target;  // []string
extern const Target string_map_target;   // map[string]string

}  // namespace rhumb::yaml
