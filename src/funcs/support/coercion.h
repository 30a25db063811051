// How sprig turns anything into a number, and when it takes a value for unset. The text of anything is strval in
// value/go_print.h.
#pragma once

#include <cstdint>

#include "rhumb/value/value.h"

namespace rhumb::funcs {

/// As cast.ToInt64 1.7.0: a floating number loses its fraction, a string is read in base 0 after a ".000" at its end is
/// cut off, and whatever cannot be read is 0.
std::int64_t to_int64(const Value& value);

/// As cast.ToFloat64 1.7.0; 0 for what cannot be read.
double to_float64(const Value& value);

/// As Go converts a float64 on amd64: what does not fit is the smallest int64.
std::int64_t truncate_to_int64(double value);

/// As sprig's empty: nil, zero, "", false, and lists and maps without elements. Structs never are.
bool is_empty(const Value& value);

}  // namespace rhumb::funcs
