// The fields of a struct as encoding/json writes them.
#pragma once

#include <string_view>
#include <vector>

#include "rhumb/value/value.h"

namespace rhumb::yaml {

struct JsonField {
  std::string_view name;
  const Value* value;
};

/// In order of declaration, without those that have no name or are left out because they are empty.
std::vector<JsonField> json_fields(const Structure& structure);

}  // namespace rhumb::yaml
