// Which dependencies are there, enabled and under what name; and what a parent imports from them.
#pragma once

#include <string>

#include "rhumb/base/result.h"
#include "rhumb/chart/chart.h"
#include "rhumb/chart/values.h"

namespace rhumb::chart {

/// Every dependency that Chart.yaml declares must be among the loaded ones, by name. As CheckDependencies and its
/// caller: "an error occurred while checking for chart dependencies. You may need to run ...".
Result<void> check_dependencies(const Chart& chart, bool helm3 = false);

/// As ProcessDependencies: renames by alias, drops what is disabled, imports values. Errors are without the prefix
/// "chart dependencies processing failed: " that Helm 4's install puts before them.
Result<void> process_dependencies(ChartTree& tree, const Value& values, const ValuesContext& context);

/// "library charts are not installable": as checkIfInstallable.
Result<void> check_installable(const Chart& chart);

}  // namespace rhumb::chart
