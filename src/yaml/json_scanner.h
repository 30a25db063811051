// The syntax of JSON: what encoding/json accepts and where it stops.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rhumb::yaml {

struct JsonScan {
  std::string error;    // empty: fine
  std::size_t end = 0;  // behind the value
};

/// As encoding/json's checkValid, or with `prefix` as its Decoder finds the end of the first value.
JsonScan scan_json(std::string_view text, bool prefix);

}  // namespace rhumb::yaml
