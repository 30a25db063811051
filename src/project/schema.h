// The JSON schema of rhumb.yaml (draft 7, which editors know best), put together from the tables of the readers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/project/project.h"
#include "rhumb/value/value.h"

namespace rhumb::project {

struct SchemaProperty {
  std::string_view name;
  std::string_view help;
  Value schema;
  bool required = false;
};

class SchemaBuilder {
 public:
  explicit SchemaBuilder(const RuleCatalogue& catalogue) : catalogue_(catalogue), definitions_(heap_.map()) {}

  Heap& heap() { return heap_; }
  const RuleCatalogue& catalogue() const { return catalogue_; }
  const Value& definitions() const { return definitions_; }

  Value type(std::string_view name);
  Value text();
  /// A text that other readers of YAML take for a number when it is not quoted.
  Value text_or_number();
  Value pattern(std::string_view expression);
  Value boolean() { return type("boolean"); }
  Value choice(std::span<const std::string_view> names);
  Value list_of(const Value& items);
  Value texts() { return list_of(text()); }
  Value map_of(const Value& values);
  Value any_of(std::initializer_list<Value> schemas);
  /// No other properties than these.
  Value structure(std::span<const SchemaProperty> properties);
  /// The schema may also be null: what is written empty.
  Value or_null(const Value& schema);
  /// A definition that is made once.
  Value reference(std::string_view name, Value (*make)(SchemaBuilder&));
  Value with(Value schema, std::string_view key, const Value& value);

 private:
  Value object(std::initializer_list<Map::Entry> entries);

  const RuleCatalogue& catalogue_;
  Heap heap_;
  Value definitions_;
};

}  // namespace rhumb::project
