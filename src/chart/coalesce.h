// Shared by the parts that handle values.
#pragma once

#include "rhumb/chart/values.h"

namespace rhumb::chart {

/// As coalesce_values, to look into only: what the chart does not touch is not copied, but shared with `values`. Every
/// dependency with dependencies asks for this with the values of all its siblings.
Result<Value> coalesce_to_read(const ChartInstance& chart, const Value& values, const ValuesContext& context);

/// As istable: a map[string]interface {}.
bool is_table(const Value& value);

}  // namespace rhumb::chart
