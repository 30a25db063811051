#include "gotmpl/types.h"

namespace rhumb::gotmpl {
namespace {

const Text empty_text{"", 0};

/// The type without a name that a named one is made of, where there is one in the table.
Type underlying(Type type) {
  switch (type) {
    case Type::values: return Type::map_any;
    case Type::version_set: return Type::slice_string;
    default: return type;
  }
}

}  // namespace

bool assignable(Type from, Type to) {
  if (from == to) return true;
  // One of the two must be unnamed.
  return underlying(from) == underlying(to) && (underlying(from) == from || underlying(to) == to);
}

bool can_be_nil(Type type) {
  switch (type_info(type).kind) {
    case Kind::interface:
    case Kind::map:
    case Kind::pointer:
    case Kind::slice:
    case Kind::function: return true;
    default: return type == Type::reflect_value;
  }
}

Value zero_value(Type type) {
  switch (type_info(type).rep) {
    case Rep::boolean: return Value::boolean(false);
    case Rep::integer: return Value::integer(0, type);
    case Rep::unsigned_integer: return Value::unsigned_integer(0, type);
    case Rep::floating: return Value::floating(0, type);
    case Rep::text: return Value::text(type == Type::string ? &empty_text : nullptr, type);
    case Rep::list: return Value::nil_list(type);
    case Rep::map: return Value::nil_map(type);
    case Rep::nothing:
    case Rep::complex:
    case Rep::structure: break;
  }
  return {};
}

std::string_view pointed_type_name(Type type) {
  std::string_view name = type_info(type).name;
  if (name.starts_with('*')) name.remove_prefix(1);
  return name;
}

}  // namespace rhumb::gotmpl
