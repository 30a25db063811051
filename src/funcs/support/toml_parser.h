// Reads TOML as BurntSushi/toml 1.6.0 does into a map[string]any: what it accepts, the Go types it makes, its errors.
#pragma once

#include <string>
#include <string_view>

#include "rhumb/gotmpl/function_table.h"
#include "rhumb/value/value.h"

namespace rhumb::funcs {

/// False: `error` is the text of the error ("toml: line 1 (last key \"a\"): ..."). Throws FunctionError where the
/// library panics.
bool parse_toml(gotmpl::CallContext& context, std::string_view text, Value& out, std::string& error);

}  // namespace rhumb::funcs
