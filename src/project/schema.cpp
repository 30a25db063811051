#include "project/schema.h"

#include "rhumb/base/strings.h"

namespace rhumb::project {

Value SchemaBuilder::object(std::initializer_list<Map::Entry> entries) {
  const Value value = heap_.map();
  for (const Map::Entry& entry : entries) value.as_map()->set(entry.key, entry.value);
  return value;
}

Value SchemaBuilder::with(Value schema, std::string_view key, const Value& value) {
  schema.as_map()->set(key, value);
  return schema;
}

Value SchemaBuilder::type(std::string_view name) { return object({{"type", heap_.string(name)}}); }

Value SchemaBuilder::text() { return with(type("string"), "minLength", Value::integer(1)); }

Value SchemaBuilder::text_or_number() {
  return object({{"type", heap_.list({heap_.string("string"), heap_.string("number")})}});
}

Value SchemaBuilder::pattern(std::string_view expression) {
  return with(type("string"), "pattern", heap_.string(expression));
}

Value SchemaBuilder::choice(std::span<const std::string_view> names) {
  std::vector<Value> values;
  values.reserve(names.size());
  for (const std::string_view name : names) values.push_back(heap_.string(name));
  return object({{"enum", heap_.list(values)}});
}

Value SchemaBuilder::list_of(const Value& items) { return with(type("array"), "items", items); }

Value SchemaBuilder::map_of(const Value& values) { return with(type("object"), "additionalProperties", values); }

Value SchemaBuilder::any_of(std::initializer_list<Value> schemas) { return object({{"anyOf", heap_.list(schemas)}}); }

Value SchemaBuilder::or_null(const Value& schema) { return any_of({schema, type("null")}); }

Value SchemaBuilder::structure(std::span<const SchemaProperty> properties) {
  const Value known = heap_.map();
  std::vector<Value> required;
  for (const SchemaProperty& property : properties) {
    // What stands beside "$ref" does not count in draft 7.
    const bool is_reference = property.schema.as_map()->contains("$ref");
    const Value schema =
        is_reference ? object({{"allOf", heap_.list({property.schema})}}) : deep_copy(heap_, property.schema);
    if (!property.help.empty()) schema.as_map()->set("description", heap_.string(property.help));
    known.as_map()->set(property.name, schema);
    if (property.required) required.push_back(heap_.string(property.name));
  }
  Value schema = with(with(type("object"), "properties", known), "additionalProperties", Value::boolean(false));
  return required.empty() ? schema : with(schema, "required", heap_.list(required));
}

Value SchemaBuilder::reference(std::string_view name, Value (*make)(SchemaBuilder&)) {
  if (!definitions_.as_map()->contains(name)) {
    definitions_.as_map()->set(name, Value());
    definitions_.as_map()->set(name, make(*this));
  }
  return object({{"$ref", heap_.string("#/definitions/" + std::string(name))}});
}

}  // namespace rhumb::project
