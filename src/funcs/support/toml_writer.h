// Values as TOML, as the encoder of BurntSushi/toml 1.6.0 writes them.
#pragma once

#include <string>

#include "rhumb/value/value.h"

namespace rhumb::funcs {

/// False: `error` is the text of the error. Throws FunctionError where the library panics.
bool write_toml(const Value& value, std::string& out, std::string& error);

}  // namespace rhumb::funcs
