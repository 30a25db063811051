// What fmt prints with %#v for the values that go-yaml decodes: in errors about keys.
#pragma once

#include <string>

#include "nodes.h"

namespace rhumb::yaml {

/// The value of a node that has been decoded without error. A nil at the top is "<nil>" when `bare_nil` says so
/// (an operand of its own), else "interface {}(nil)".
std::string go_syntax(const Node& node, bool bare_nil);

}  // namespace rhumb::yaml
