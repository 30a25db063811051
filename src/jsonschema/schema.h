// A compiled schema: its keywords, and pointers to the schemas they hold or refer to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jsonschema/decimal.h"
#include "jsonschema/document.h"
#include "jsonschema/formats.h"
#include "jsonschema/pattern.h"

namespace rhumb::jsonschema {

struct Place;
struct Schema;

/// JSON's types as bits, in the order in which messages name them.
using Types = std::uint8_t;
constexpr Types null_type = 1;
constexpr Types boolean_type = 2;
constexpr Types number_type = 4;
constexpr Types integer_type = 8;
constexpr Types string_type = 16;
constexpr Types array_type = 32;
constexpr Types object_type = 64;

/// Of a value: its type without regard to whether a number is whole; 0 for what is not JSON.
Types type_of(const Node& node);
/// 0 for a word that is no type.
Types type_called(std::string_view name);
/// "null", "boolean" ... joined.
std::string type_names(Types types, std::string_view separator);

/// A keyword that holds true, false or a schema.
struct Additional {
  enum class Kind : std::uint8_t { absent, allowed, forbidden, schema };
  Kind kind = Kind::absent;
  const Schema* schema = nullptr;
};

struct NamedSchema {
  std::string_view name;
  const Schema* schema;
};

/// Schemas by name.
class SchemaTable {
 public:
  SchemaTable() = default;
  explicit SchemaTable(std::vector<NamedSchema> schemas);
  /// Null for another name.
  const Schema* find(std::string_view name) const;

 private:
  std::vector<NamedSchema> schemas_;
};

struct PatternSchema {
  PatternPointer pattern;
  const Schema* schema;
};

struct NamedStrings {
  std::string_view name;
  std::vector<std::string_view> strings;
};

/// A member of "dependencies".
struct Dependency {
  std::string_view name;
  const Schema* schema;  // null: other members
  std::vector<std::string_view> required;
};

struct Schema {
  /// Null for one that was made for a dialect.
  const Place* place = nullptr;
  const Schema* resource = nullptr;
  std::vector<NamedSchema> dynamic_anchors;
  bool all_members_evaluated = false;
  bool all_items_evaluated = false;
  std::size_t items_evaluated = 0;
  int draft = 0;

  std::optional<bool> boolean;
  const Schema* ref = nullptr;
  const Schema* recursive_ref = nullptr;
  bool recursive_anchor = false;
  const Schema* dynamic_ref = nullptr;
  std::string dynamic_ref_anchor;
  std::string_view dynamic_anchor;
  Types types = 0;
  const Node* choices = nullptr;  // enum
  Types choice_types = 0;
  const Node* constant = nullptr;
  const Schema* negated = nullptr;
  std::vector<const Schema*> all_of;
  std::vector<const Schema*> any_of;
  std::vector<const Schema*> one_of;
  const Schema* condition = nullptr;
  const Schema* consequence = nullptr;
  const Schema* alternative = nullptr;
  const Format* format = nullptr;

  std::optional<std::int64_t> max_properties;
  std::optional<std::int64_t> min_properties;
  std::vector<std::string_view> required;
  const Schema* property_names = nullptr;
  SchemaTable properties;
  std::vector<PatternSchema> pattern_properties;
  Additional additional_properties;
  std::vector<Dependency> dependencies;
  std::vector<NamedStrings> dependent_required;
  std::vector<NamedSchema> dependent_schemas;
  const Schema* unevaluated_properties = nullptr;

  std::optional<std::int64_t> min_items;
  std::optional<std::int64_t> max_items;
  bool unique_items = false;
  const Schema* contains = nullptr;
  std::optional<std::int64_t> min_contains;
  std::optional<std::int64_t> max_contains;
  const Schema* items = nullptr;
  std::optional<std::vector<const Schema*>> item_list;  // items of the older drafts
  Additional additional_items;
  std::vector<const Schema*> prefix_items;
  const Schema* items_2020 = nullptr;
  const Schema* unevaluated_items = nullptr;

  std::optional<std::int64_t> min_length;
  std::optional<std::int64_t> max_length;
  PatternPointer pattern;

  std::optional<Decimal> maximum;
  std::optional<Decimal> minimum;
  std::optional<Decimal> exclusive_maximum;
  std::optional<Decimal> exclusive_minimum;
  std::optional<Decimal> multiple_of;
};

/// Where it stands: "file:///values.schema.json#/properties/a".
std::string location(const Schema& schema);

}  // namespace rhumb::jsonschema
