// Rules as SARIF's reporting descriptors.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "report/view.h"

namespace rhumb::report {

/// The rules that ran, then those that only findings know; each once.
std::vector<const lint::RuleInfo*> described_rules(const View& view);
nlohmann::ordered_json sarif_rule(const lint::RuleInfo& rule, std::string_view rules_uri);
/// "error", "warning", "note"
std::string_view sarif_level(Severity severity);

}  // namespace rhumb::report
