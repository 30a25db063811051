// A tree as an s-expression, for tests and for looking: "{{ .a | quote }}" is (action (pipe (field a) (call quote))).
#pragma once

#include <string>

#include "rhumb/gotmpl/parser.h"

namespace rhumb::gotmpl {

std::string dump(const Node& node);
/// Every tree of the file, one to a line: (define "x" ...), (block "x" ...), (file ...).
std::string dump(const ParsedFile& file);

}  // namespace rhumb::gotmpl
