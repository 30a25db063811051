#include "jsonschema/keyword_compiler.h"

#include "jsonschema/address.h"
#include "jsonschema/failure.h"
#include "rhumb/base/quote.h"

namespace rhumb::jsonschema {
namespace {

std::vector<std::string_view> strings_of(const Node& array) {
  std::vector<std::string_view> out;
  for (const Node& item : array.items) {
    if (item.is(NodeKind::string)) out.push_back(item.text);
  }
  return out;
}

}  // namespace

void KeywordCompiler::run() {
  draft_4();
  if (schema_.draft >= 6) draft_6();
  if (schema_.draft >= 7) draft_7();
  if (schema_.draft >= 2019) draft_2019();
  if (schema_.draft >= 2020) draft_2020();
}

void KeywordCompiler::draft_4() {
  if (has("core")) {
    schema_.ref = reference("$ref");
    // What stands next to a "$ref" did not count then; what later drafts added still does.
    if (schema_.draft < 2019 && schema_.ref != nullptr) return;
  }
  if (has("applicator")) {
    schema_.all_of = schemas("allOf");
    schema_.any_of = schemas("anyOf");
    schema_.one_of = schemas("oneOf");
    schema_.negated = schema("not");
    if (schema_.draft < 2020) items_before_2020();
    properties();
    dependencies();
  }
  if (has("validation")) {
    types_and_choices();
    numbers();
    sizes();
  }
  format();
}

void KeywordCompiler::draft_6() {
  if (has("applicator")) {
    schema_.contains = schema("contains");
    schema_.property_names = schema("propertyNames");
  }
  if (has("validation")) schema_.constant = object_.find("const");
}

void KeywordCompiler::draft_7() {
  if (!has("applicator")) return;
  schema_.condition = schema("if");
  if (schema_.condition == nullptr) return;
  const std::optional<bool> known = boolean("if");
  if (known.value_or(true)) schema_.consequence = schema("then");
  if (!known.value_or(false)) schema_.alternative = schema("else");
}

void KeywordCompiler::draft_2019() {
  schema_.recursive_ref = reference("$recursiveRef");
  schema_.recursive_anchor = is_true("$recursiveAnchor");
  if (has("validation")) {
    if (schema_.contains != nullptr) {
      schema_.min_contains = integer("minContains");
      schema_.max_contains = integer("maxContains");
    }
    if (const Node* const map = object_.find("dependentRequired", NodeKind::object)) {
      for (const Member& member : map->members) {
        if (!member.value.is(NodeKind::array)) continue;
        schema_.dependent_required.push_back({member.key, strings_of(member.value)});
      }
    }
  }
  if (has("applicator")) schema_.dependent_schemas = named_schemas("dependentSchemas");
  if (has(schema_.draft == 2019 ? "applicator" : "unevaluated")) {
    schema_.unevaluated_items = schema("unevaluatedItems");
    schema_.unevaluated_properties = schema("unevaluatedProperties");
  }
}

void KeywordCompiler::draft_2020() {
  schema_.dynamic_ref = reference("$dynamicRef");
  if (schema_.dynamic_ref != nullptr) {
    const Address address = split_reference(object_.find("$dynamicRef")->text);
    if (!address.has_pointer()) schema_.dynamic_ref_anchor = address.fragment;
  }
  if (const Node* const anchor = object_.find("$dynamicAnchor", NodeKind::string)) {
    schema_.dynamic_anchor = anchor->text;
  }
  if (has("applicator")) {
    schema_.prefix_items = schemas("prefixItems");
    schema_.items_2020 = schema("items");
  }
}

void KeywordCompiler::items_before_2020() {
  if (object_.find("items", NodeKind::array) != nullptr) {
    schema_.item_list = schemas("items");
    schema_.additional_items = additional("additionalItems");
  } else {
    schema_.items = schema("items");
  }
}

void KeywordCompiler::properties() {
  schema_.properties = SchemaTable(named_schemas("properties"));
  for (const NamedSchema& named : named_schemas("patternProperties")) {
    schema_.pattern_properties.push_back({pattern("patternProperties", named.name), named.schema});
  }
  schema_.additional_properties = additional("additionalProperties");
}

void KeywordCompiler::dependencies() {
  const Node* const map = object_.find("dependencies", NodeKind::object);
  if (map == nullptr) return;
  Place& held = place_.root->child(place_, "dependencies");
  for (const Member& member : map->members) {
    Dependency dependency{member.key, nullptr, {}};
    if (member.value.is(NodeKind::array)) {
      dependency.required = strings_of(member.value);
    } else {
      dependency.schema = &compiler_.enqueue(place_.root->child(held, escape_token(member.key)));
    }
    schema_.dependencies.push_back(std::move(dependency));
  }
}

void KeywordCompiler::types_and_choices() {
  if (const Node* const type = object_.find("type")) {
    if (type->is(NodeKind::string)) schema_.types = type_called(type->text);
    for (const std::string_view name : strings_of(*type)) schema_.types |= type_called(name);
  }
  schema_.choices = object_.find("enum", NodeKind::array);
  if (schema_.choices == nullptr) return;
  for (const Node& choice : schema_.choices->items) schema_.choice_types |= type_of(choice);
}

void KeywordCompiler::numbers() {
  schema_.multiple_of = number("multipleOf");
  schema_.maximum = number("maximum");
  schema_.exclusive_maximum = number("exclusiveMaximum");
  // In draft 4 a switch.
  if (is_true("exclusiveMaximum")) std::swap(schema_.maximum, schema_.exclusive_maximum);
  schema_.minimum = number("minimum");
  schema_.exclusive_minimum = number("exclusiveMinimum");
  if (is_true("exclusiveMinimum")) std::swap(schema_.minimum, schema_.exclusive_minimum);
}

void KeywordCompiler::sizes() {
  schema_.min_length = integer("minLength");
  schema_.max_length = integer("maxLength");
  if (const Node* const text = object_.find("pattern", NodeKind::string)) {
    schema_.pattern = pattern("pattern", text->text);
  }
  schema_.min_items = integer("minItems");
  schema_.max_items = integer("maxItems");
  schema_.unique_items = is_true("uniqueItems");
  schema_.max_properties = integer("maxProperties");
  schema_.min_properties = integer("minProperties");
  if (const Node* const names = object_.find("required", NodeKind::array)) schema_.required = strings_of(*names);
}

void KeywordCompiler::format() {
  const Node* const name = object_.find("format", NodeKind::string);
  if (name != nullptr && asserts_format()) schema_.format = format_called(name->text);
}

bool KeywordCompiler::asserts_format() const {
  if (compiler_.is_meta_ || schema_.draft < 2019) return true;
  return has(schema_.draft == 2019 ? "format" : "format-assertion");
}

std::optional<bool> KeywordCompiler::boolean(std::string_view keyword) const {
  const Node* const node = object_.find(keyword, NodeKind::boolean);
  return node == nullptr ? std::nullopt : std::optional(node->boolean);
}

std::optional<Decimal> KeywordCompiler::number(std::string_view keyword) const {
  const Node* const node = object_.find(keyword, NodeKind::number);
  return node == nullptr ? std::nullopt : Decimal::parse(node->text);
}

std::optional<std::int64_t> KeywordCompiler::integer(std::string_view keyword) const {
  const std::optional<Decimal> found = number(keyword);
  return found && found->is_integer() ? std::optional(found->low_bits()) : std::nullopt;
}

const Schema* KeywordCompiler::reference(std::string_view keyword) {
  const Node* const text = object_.find(keyword, NodeKind::string);
  if (text == nullptr) return nullptr;
  const Address address =
      text->text.starts_with('#') ? compiler_.within(resource_.id, text->text) : join(resource_.id, text->text);
  return &compiler_.enqueue(compiler_.roots_.resolve(address, *place_.root));
}

const Schema* KeywordCompiler::schema(std::string_view keyword) {
  if (object_.find(keyword) == nullptr) return nullptr;
  return &compiler_.enqueue(place_.root->child(place_, keyword));
}

std::vector<const Schema*> KeywordCompiler::schemas(std::string_view keyword) {
  std::vector<const Schema*> out;
  const Node* const array = object_.find(keyword, NodeKind::array);
  if (array == nullptr) return out;
  Place& held = place_.root->child(place_, keyword);
  for (std::size_t i = 0; i < array->items.size(); ++i) {
    out.push_back(&compiler_.enqueue(place_.root->child(held, std::to_string(i))));
  }
  return out;
}

std::vector<NamedSchema> KeywordCompiler::named_schemas(std::string_view keyword) {
  std::vector<NamedSchema> out;
  const Node* const map = object_.find(keyword, NodeKind::object);
  if (map == nullptr) return out;
  Place& held = place_.root->child(place_, keyword);
  for (const Member& member : map->members) {
    out.push_back({member.key, &compiler_.enqueue(place_.root->child(held, escape_token(member.key)))});
  }
  return out;
}

Additional KeywordCompiler::additional(std::string_view keyword) {
  if (const std::optional<bool> known = boolean(keyword)) {
    return {*known ? Additional::Kind::allowed : Additional::Kind::forbidden, nullptr};
  }
  const Schema* const found = schema(keyword);
  return {found == nullptr ? Additional::Kind::absent : Additional::Kind::schema, found};
}

PatternPointer KeywordCompiler::pattern(std::string_view keyword, std::string_view text) {
  PatternPointer made = compiler_.patterns_.compile(text);
  if (made->error().empty()) return made;
  const std::string where = location(place_) + "/" + encode_fragment(escape_token(keyword));
  throw Failure{"invalid regex " + strings::quoted(text) + " at " + strings::quoted(where) + ": " + made->error()};
}

}  // namespace rhumb::jsonschema
