// Shared by the parts that handle values.
#pragma once

#include "rhumb/value/value.h"

namespace rhumb::chart {

/// As istable: a map[string]interface {}.
bool is_table(const Value& value);

}  // namespace rhumb::chart
