// The parts of a configuration: rules with their levels and parameters, ignores, presets.
#pragma once

#include "project/reading.h"

namespace rhumb::project {

/// A map of rule names; what is there already is overlaid, setting by setting.
void read_rules(Reading& reading, Given given, lint::RuleSettings& into);
Value rules_schema(SchemaBuilder& schema);

/// A list, appended.
void read_ignores(Reading& reading, Given given, std::vector<lint::Ignore>& into);
Value ignores_schema(SchemaBuilder& schema);

/// Lists, which take the place of what is there.
void read_presets(Reading& reading, Given given, std::vector<std::string>& into);
Value presets_schema(SchemaBuilder& schema);
void read_tiers(Reading& reading, Given given, std::vector<lint::Tier>& into);
Value tiers_schema(SchemaBuilder& schema);

}  // namespace rhumb::project
