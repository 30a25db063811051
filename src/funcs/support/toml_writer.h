// Values as TOML, as the encoder of BurntSushi/toml 1.6.0 writes them.
#pragma once

#include <string>

#include "rhumb/base/limits.h"
#include "rhumb/value/value.h"

namespace rhumb::funcs {

/// False: `error` is the text of the error. Throws FunctionError where the library panics, and LimitError.
bool write_toml(const Value& value, const Limits& limits, std::string& out, std::string& error);

}  // namespace rhumb::funcs
