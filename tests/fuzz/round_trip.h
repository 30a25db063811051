// For harnesses that write what they read and read it again.
#pragma once

#include "rhumb/yaml/json.h"

namespace rhumb::fuzz {

/// A NEL that is written as YAML becomes a space, in Helm as well: such a value does not come back.
inline bool holds_next_line(const Value& value) {
  const Result<std::string> text = yaml::write_json(value);
  return text && text->find("\xC2\x85") != std::string::npos;
}

}  // namespace rhumb::fuzz
