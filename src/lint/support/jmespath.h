// The syntax of JMESPath, the query language that picks members of JSON secrets.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::lint {

/// What is wrong with an expression; empty for nothing. The grammar is that of jmespath.org, with the functions that
/// its specification knows.
std::string jmespath_fault(std::string_view expression);

}  // namespace rhumb::lint
