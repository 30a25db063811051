// What rules about Chart.yaml have in common.
#pragma once

#include "lint/context.h"

namespace rhumb::lint {

/// Chart.yaml, if Helm can read it; null for plain manifests, and where chart-yaml-invalid has the word. The rule
/// applies where there is one.
const ChartYaml* readable_chart_yaml(ChartContext& context);

/// Chart.yaml says apiVersion v1 or v2: what depends on it can be judged.
bool has_known_api_version(const ChartYaml& yaml);

/// Why the chart does not load, the same in every environment; empty when it does, or fails to render only.
std::string load_failure(const ChartContext& context);

}  // namespace rhumb::lint
