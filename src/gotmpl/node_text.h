// Nodes as template text again, as Go's Node.String: what error messages show between < and >.
#pragma once

#include <string>

#include "rhumb/gotmpl/ast.h"

namespace rhumb::gotmpl {

/// Throws LimitError for nesting that the stack cannot hold.
std::string to_string(const Node& node);

}  // namespace rhumb::gotmpl
