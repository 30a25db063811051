// The time in a Chart.lock, as time.Time.UnmarshalJSON takes it.
#pragma once

#include <string>
#include <string_view>

#include "rhumb/value/value.h"

namespace rhumb::chart {

/// For yaml::Target: checks the JSON text and keeps it as a string. Errors are those of time.Parse with RFC 3339.
bool unmarshal_lock_time(Heap& heap, std::string_view json, Value& value, std::string& error);

}  // namespace rhumb::chart
