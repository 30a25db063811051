// Constants of templates. As newNumber of text/template/parse.
#pragma once

#include <string>
#include <string_view>

#include "gotmpl/lexer.h"
#include "rhumb/gotmpl/ast.h"

namespace rhumb::gotmpl {

/// Fills `number` from a token of type number, complex or char_constant. Returns the error's text, empty when it is
/// good.
std::string parse_number(std::string_view text, TokenType type, NumberNode& number);

}  // namespace rhumb::gotmpl
