// The regular expressions of a schema.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "rhumb/base/limits.h"
#include "rhumb/base/regex.h"

namespace rhumb::jsonschema {

using PatternPointer = std::shared_ptr<const Regex>;

/// Every pattern is compiled once, though the metaschema asks for it as well as the schema.
class Patterns {
 public:
  explicit Patterns(const Limits& limits) : limits_(limits) {}

  /// Never null; it may hold an error. Throws LimitError.
  PatternPointer compile(std::string_view pattern);

 private:
  const Limits& limits_;
  std::unordered_map<std::string, PatternPointer> known_;
};

}  // namespace rhumb::jsonschema
