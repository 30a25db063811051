// `set:` and `setString:` of an environment: a map of keys and values, or a list of texts as the flags take them.
#pragma once

#include "project/reading.h"

namespace rhumb::project {

/// In a map a text in quotes is one for --set-string, and so is a list with a text in quotes.
void read_set(Reading& reading, Given given, lint::Environment& into);
void read_set_string(Reading& reading, Given given, lint::Environment& into);
Value set_schema(SchemaBuilder& schema);
Value set_string_schema(SchemaBuilder& schema);

}  // namespace rhumb::project
