// The functions that text/template brings along: and or not, eq ne lt le gt ge, index slice len call,
// html js urlquery, print printf println.
#pragma once

#include <span>

#include "rhumb/gotmpl/function_table.h"

namespace rhumb::gotmpl {

extern const std::span<const Function> builtin_functions;

}  // namespace rhumb::gotmpl
