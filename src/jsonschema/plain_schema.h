// Most schemas are valid in their metaschema and show it at a glance; what does not is for the metaschema itself.
#pragma once

#include <string_view>

#include "jsonschema/document.h"
#include "jsonschema/equality.h"
#include "jsonschema/pattern.h"

namespace rhumb::jsonschema {

/// True only for what the metaschema of the draft (4, 6, 7, 2019, 2020) accepts; false says nothing.
/// Throws LimitError, as the validation would.
bool is_plainly_valid(const Node& schema, int draft, Patterns& patterns, Effort& effort);

/// Whether the check knows what the metaschemas want of the keyword. For the test that compares it with them.
bool is_known_keyword(std::string_view keyword);

}  // namespace rhumb::jsonschema
