// Go's durations for flags: "5m0s", "1h".
#pragma once

#include <cstdint>
#include <string_view>

#include "rhumb/base/result.h"

namespace rhumb::funcs {

/// Nanoseconds, as time.ParseDuration. Errors: `time: invalid duration "x"` ...
Result<std::int64_t> parse_duration(std::string_view text);

}  // namespace rhumb::funcs
