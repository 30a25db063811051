#include "lint/support/chart_rule.h"

#include <algorithm>

namespace rhumb::lint {

const ChartYaml* readable_chart_yaml(ChartContext& context) {
  const ChartSource* const source = context.source();
  if (source == nullptr || !source->chart_yaml) return nullptr;
  const ChartYaml& yaml = *source->chart_yaml;
  if (!yaml.error.empty() || !yaml.tree) return nullptr;
  context.applies();
  return &yaml;
}

bool has_known_api_version(const ChartYaml& yaml) {
  return yaml.metadata.api_version == "v1" || yaml.metadata.api_version == "v2";
}

std::string load_failure(const ChartContext& context) {
  const auto& runs = context.runs();
  if (runs.empty() || !runs.front()->failure) return {};
  const std::string& message = runs.front()->failure->message;
  const bool is_common = std::all_of(runs.begin(), runs.end(),
                                     [&](const Run* run) { return run->failure && run->failure->message == message; });
  return is_common ? message : std::string();
}

}  // namespace rhumb::lint
