// An environment in rhumb.yaml, and what several have in common.
#pragma once

#include "project/reading.h"

namespace rhumb::project {

/// The keys of `defaults:`, which every environment inherits: texts are replaced, lists grow at their end.
void read_defaults(Reading& reading, Given given, lint::Environment& into);
Value defaults_schema(SchemaBuilder& schema);

/// A map of names, or a list of maps with a name; each starts as a copy of `defaults`, which cost `weight`.
std::vector<lint::Environment> read_environments(Reading& reading, Given given, const lint::Environment& defaults,
                                                 std::size_t weight);
Value environments_schema(SchemaBuilder& schema);

}  // namespace rhumb::project
