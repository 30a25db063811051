// print and printf with traces: each operand's part of the text comes from the operand.
#pragma once

#include <string>

#include "rhumb/gotmpl/function_table.h"

namespace rhumb::gotmpl {

/// `text`: what the call gives. Without a trace where the parts cannot be told.
Value traced_print(CallContext& context, Args args, std::string text);
Value traced_printf(CallContext& context, Args args, std::string text);

}  // namespace rhumb::gotmpl
