// Names and values in a text, by the shape it has: JSON, YAML, XML, properties, dotenv, ini, scripts, connection
// strings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rhumb::lint {

struct Assignment {
  std::string name;
  std::string value;
  /// Of the value in the text, quotes left out.
  std::size_t begin = 0;
  std::size_t size = 0;
  /// A field of JSON or YAML.
  bool in_document = false;
};

/// In order. Comments are left out.
std::vector<Assignment> assignments_in(std::string_view text);

}  // namespace rhumb::lint
