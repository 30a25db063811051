#include "jsonschema/pattern.h"

namespace rhumb::jsonschema {

PatternPointer Patterns::compile(std::string_view pattern) {
  PatternPointer& known = known_[std::string(pattern)];
  if (known == nullptr) known = Regex::compile(limits_, pattern);
  return known;
}

}  // namespace rhumb::jsonschema
