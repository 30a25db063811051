// What a parent takes from its dependencies' values: the import-values of its declarations.
#pragma once

#include "rhumb/chart/values.h"

namespace rhumb::chart {

/// As processDependencyImportValues: the dependencies first, then the chart. Replaces ChartInstance::values.
Result<void> import_values(ChartInstance& chart, const ValuesContext& context);

}  // namespace rhumb::chart
