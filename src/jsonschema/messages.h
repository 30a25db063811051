// What is wrong with a value, as a tree, and its text.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jsonschema/schema.h"

namespace rhumb::jsonschema {

/// A step of the way to a value: a member or an item.
struct Token {
  std::string_view key;
  std::size_t index = 0;
  bool is_index = false;
};

/// Steps in the memory of a Go slice: it is shared with the slices that were appended to it, which may overwrite what
/// lies behind the end of this one (and the library is caught by that in one place).
struct Steps : std::enable_shared_from_this<Steps> {
  explicit Steps(std::size_t capacity) : tokens(capacity) {}
  std::vector<Token> tokens;
};

enum class Problem : std::uint8_t {
  schema,
  group,
  reference,
  invalid_value,
  false_schema,
  reference_cycle,
  type,
  constant,
  choices,
  format,
  min_properties,
  max_properties,
  required,
  dependency,
  additional_properties,
  property_names,
  min_items,
  max_items,
  unique_items,
  additional_items,
  contains,
  min_contains,
  max_contains,
  min_length,
  max_length,
  pattern,
  minimum,
  maximum,
  exclusive_minimum,
  exclusive_maximum,
  multiple_of,
  negation,
  all_of,
  any_of,
  one_of,
};

/// Only what the problem needs is filled in.
struct ValidationError {
  Problem problem = Problem::group;
  const Schema* schema = nullptr;  // whose keyword is not satisfied
  std::shared_ptr<const Steps> path;
  std::size_t path_size = 0;
  const Node* got = nullptr;
  std::array<std::int64_t, 2> numbers{};
  std::string_view name;
  std::vector<std::string_view> names;
  std::vector<std::size_t> indices;
  std::array<std::string, 2> texts;
  std::vector<const ValidationError*> causes;
};

/// As ValidationError.Error: the error and its causes, a line each, without a final newline.
std::string display(const ValidationError& error);

/// A text in single quotes.
std::string single_quoted(std::string_view text);

}  // namespace rhumb::jsonschema
