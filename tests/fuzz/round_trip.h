// For harnesses that write what they read and read it again.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "rhumb/yaml/json.h"

namespace rhumb::fuzz {

/// In JSON, with and without escapes for HTML.
inline constexpr std::string_view lost[] = {"\xC2\x85", "\"<<\":", "\"\\u003c\\u003c\":"};

/// What does not come back from YAML, in Helm neither: a NEL, which is written as a space, and a key "<<", which is
/// written without quotes and read as a merge.
inline bool comes_back_changed(const Value& value) {
  const Result<std::string> text = yaml::write_json(value);
  if (!text) return false;
  return std::any_of(std::begin(lost), std::end(lost),
                     [&](std::string_view part) { return text->find(part) != std::string::npos; });
}

}  // namespace rhumb::fuzz
