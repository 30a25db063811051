// The fault at which go-yaml v2.4.4 gives up on a text. libyaml has found that there is one; this reads the text once
// more in go-yaml's own order, without making anything of it, to say which.
#pragma once

#include <optional>
#include <string_view>

#include "token_scanner.h"

namespace rhumb::yaml {

struct FaultSearch {
  std::optional<Fault> fault;
  /// How many documents end before it.
  std::size_t documents = 0;
  /// The byte where go-yaml takes the first document to end although neither a marker nor the end of the text is there:
  /// whoever reads one document alone never learns of what follows.
  std::optional<std::size_t> cut;
};

/// The text is UTF-8 that may be read.
FaultSearch find_fault(std::string_view text);

}  // namespace rhumb::yaml
