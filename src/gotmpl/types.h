// Go's rules about types, as far as calls need them.
#pragma once

#include <string_view>

#include "rhumb/value/value.h"

namespace rhumb::gotmpl {

/// Whether a value of type `from` may stand where `to` is declared. Neither is interface {} nor reflect.Value.
bool assignable(Type from, Type to);
/// As canBeNil of text/template.
bool can_be_nil(Type type);
/// The zero value of a type; the untyped nil for interfaces, pointers and structs.
Value zero_value(Type type);
/// The name of the type without the star of a pointer.
std::string_view pointed_type_name(Type type);

}  // namespace rhumb::gotmpl
