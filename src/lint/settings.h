// Which rules look, with which severity and parameters: presets, the profile of the environment, and what rhumb.yaml
// says, in that order.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "rhumb/lint/config.h"
#include "rhumb/lint/finding.h"
#include "rhumb/lint/rule.h"

namespace rhumb::lint {

using Parameters = std::map<std::string, ParameterValue, std::less<>>;

struct EffectiveRule {
  bool enabled = false;
  Severity severity = Severity::error;
  Parameters parameters;  // every one that the rule has
};

EffectiveRule effective_rule(const Rule& rule, const Configuration& configuration, const Environment& environment);

/// The value that a parameter has when nobody says anything.
ParameterValue fallback_value(const Parameter& parameter);

/// Whether the specification of the profile decides otherwise for that object: its rule is off there. See profiles.cpp.
bool is_left_out(std::string_view profile, std::string_view rule, const ObjectName& object);

}  // namespace rhumb::lint
