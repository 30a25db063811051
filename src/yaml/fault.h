// The fault at which go-yaml v2.4.4 gives up on a text. libyaml has found that there is one; this reads the text once
// more in go-yaml's own order, without making anything of it, to say which.
#pragma once

#include <optional>
#include <string_view>

#include "token_scanner.h"

namespace rhumb::yaml {

/// None when go-yaml reads all of it. The text is UTF-8 that may be read.
std::optional<Fault> find_fault(std::string_view text);

}  // namespace rhumb::yaml
