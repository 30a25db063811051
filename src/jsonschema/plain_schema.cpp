#include "jsonschema/plain_schema.h"

#include <algorithm>
#include <iterator>

#include "jsonschema/formats.h"
#include "rhumb/base/stack.h"

namespace rhumb::jsonschema {
namespace {

/// What every metaschema that knows the keyword takes there: the strictest of them.
enum class Shape {
  anything,
  rare,  // left to the metaschema
  boolean,
  text,
  number,
  positive_number,
  bound,  // a boolean in draft 4, a number since
  count,
  name,       // of a resource: at the top alone
  reference,  // a URI reference
  pattern,
  types,
  texts,
  list,
  choices,
  schema,
  additional,  // a schema, in draft 4 also a boolean
  schemas,
  items,  // a schema, before 2020 also a list of them
  named_schemas,
  pattern_schemas,
  dependencies,
};

struct Keyword {
  std::string_view name;
  Shape shape;
};

// In the order of their names.
constexpr Keyword table[] = {
    {"$anchor", Shape::rare},
    {"$comment", Shape::text},
    {"$defs", Shape::named_schemas},
    {"$dynamicAnchor", Shape::rare},
    {"$dynamicRef", Shape::rare},
    {"$id", Shape::name},
    {"$recursiveAnchor", Shape::rare},
    {"$recursiveRef", Shape::rare},
    {"$ref", Shape::reference},
    {"$schema", Shape::name},
    {"$vocabulary", Shape::rare},
    {"additionalItems", Shape::additional},
    {"additionalProperties", Shape::additional},
    {"allOf", Shape::schemas},
    {"anyOf", Shape::schemas},
    {"const", Shape::anything},
    {"contains", Shape::schema},
    {"contentEncoding", Shape::text},
    {"contentMediaType", Shape::text},
    {"contentSchema", Shape::schema},
    {"default", Shape::anything},
    {"definitions", Shape::named_schemas},
    {"dependencies", Shape::dependencies},
    {"dependentRequired", Shape::rare},
    {"dependentSchemas", Shape::named_schemas},
    {"deprecated", Shape::boolean},
    {"description", Shape::text},
    {"else", Shape::schema},
    {"enum", Shape::choices},
    {"examples", Shape::list},
    {"exclusiveMaximum", Shape::bound},
    {"exclusiveMinimum", Shape::bound},
    {"format", Shape::text},
    {"id", Shape::name},
    {"if", Shape::schema},
    {"items", Shape::items},
    {"maxContains", Shape::count},
    {"maxItems", Shape::count},
    {"maxLength", Shape::count},
    {"maxProperties", Shape::count},
    {"maximum", Shape::number},
    {"minContains", Shape::count},
    {"minItems", Shape::count},
    {"minLength", Shape::count},
    {"minProperties", Shape::count},
    {"minimum", Shape::number},
    {"multipleOf", Shape::positive_number},
    {"not", Shape::schema},
    {"oneOf", Shape::schemas},
    {"pattern", Shape::pattern},
    {"patternProperties", Shape::pattern_schemas},
    {"prefixItems", Shape::schemas},
    {"properties", Shape::named_schemas},
    {"propertyNames", Shape::schema},
    {"readOnly", Shape::boolean},
    {"required", Shape::texts},
    {"then", Shape::schema},
    {"title", Shape::text},
    {"type", Shape::types},
    {"unevaluatedItems", Shape::schema},
    {"unevaluatedProperties", Shape::schema},
    {"uniqueItems", Shape::boolean},
    {"writeOnly", Shape::boolean},
};

const Keyword* find_keyword(std::string_view name) {
  const auto* const at = std::lower_bound(std::begin(table), std::end(table), name,
                                          [](const Keyword& a, std::string_view b) { return a.name < b; });
  return at != std::end(table) && at->name == name ? at : nullptr;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_type_name(const Node& node) {
  constexpr std::string_view names[] = {"array", "boolean", "integer", "null", "number", "object", "string"};
  return node.is(NodeKind::string) && std::find(std::begin(names), std::end(names), node.text) != std::end(names);
}

class Check {
 public:
  Check(int draft, Patterns& patterns, Effort& effort) : draft_(draft), patterns_(patterns), effort_(effort) {}

  bool schema(const Node& node) { return schema(node, false); }
  bool top(const Node& node) { return schema(node, true); }

 private:
  bool schema(const Node& node, bool is_top) {
    check_stack("checking a JSON schema");
    effort_.step();
    if (node.is(NodeKind::boolean)) return draft_ > 4;
    if (!node.is_object()) return false;
    return std::all_of(node.members.begin(), node.members.end(), [&](const Member& member) {
      const Keyword* const keyword = find_keyword(member.key);
      return keyword == nullptr || fits(keyword->shape, member.value, is_top);
    });
  }

  bool fits(Shape shape, const Node& node, bool is_top) {
    switch (shape) {
      case Shape::anything: return true;
      case Shape::rare: return false;
      case Shape::boolean: return node.is(NodeKind::boolean);
      case Shape::text: return node.is(NodeKind::string);
      case Shape::name: return is_top && is_name(node);
      case Shape::reference: return node.is(NodeKind::string) && check_uri_reference(node.text).empty();
      case Shape::pattern: return node.is(NodeKind::string) && is_pattern(node.text);
      case Shape::list: return node.is(NodeKind::array);
      case Shape::types: return is_type_name(node) || (is_filled_list(node) && all_items(node, is_type_name));
      case Shape::texts: return is_filled_list(node) && is_texts(node);
      case Shape::choices: return is_filled_list(node);
      default: return fits_number(shape, node) || fits_schemas(shape, node);
    }
  }

  bool fits_number(Shape shape, const Node& node) const {
    if (!node.is(NodeKind::number)) return false;
    switch (shape) {
      case Shape::number: return true;
      case Shape::bound: return draft_ > 4;
      case Shape::count: return is_digits(node.text);
      case Shape::positive_number: return is_digits(node.text) && node.text[0] != '0';
      default: return false;
    }
  }

  bool fits_schemas(Shape shape, const Node& node) {
    const auto is_schema = [this](const Node& held) { return schema(held); };
    switch (shape) {
      case Shape::schema: return schema(node);
      case Shape::additional: return schema(node) || node.is(NodeKind::boolean);
      case Shape::schemas: return is_list_of_schemas(node);
      case Shape::items: return schema(node) || (draft_ < 2020 && is_list_of_schemas(node));
      case Shape::named_schemas: return node.is_object() && all_members(node, is_schema);
      case Shape::pattern_schemas:
        return node.is_object() && all_members(node, is_schema) &&
               std::all_of(node.members.begin(), node.members.end(),
                           [this](const Member& member) { return is_pattern(member.key); });
      case Shape::dependencies:
        return node.is_object() && all_members(node, [this](const Node& held) {
                 return held.is(NodeKind::array) ? is_filled_list(held) && is_texts(held) : schema(held);
               });
      default: return false;
    }
  }

  template <typename Test>
  static bool all_items(const Node& list, Test test) {
    return std::all_of(list.items.begin(), list.items.end(), test);
  }

  template <typename Test>
  static bool all_members(const Node& object, Test test) {
    return std::all_of(object.members.begin(), object.members.end(),
                       [&](const Member& member) { return test(member.value); });
  }

  static bool is_texts(const Node& list) {
    return all_items(list, [](const Node& item) { return item.is(NodeKind::string); });
  }

  static bool is_name(const Node& node) {
    return node.is(NodeKind::string) && check_uri(node.text).empty() &&
           std::min(node.text.find('#'), node.text.size() - 1) == node.text.size() - 1;
  }

  bool is_pattern(std::string_view text) { return patterns_.compile(text)->error().empty(); }

  bool is_list_of_schemas(const Node& node) {
    return node.is(NodeKind::array) && !node.items.empty() &&
           all_items(node, [this](const Node& item) { return schema(item); });
  }

  /// Of at least one item, all of them different.
  bool is_filled_list(const Node& node) {
    return node.is(NodeKind::array) && !node.items.empty() && !find_duplicates(node.items, effort_);
  }

  int draft_;
  Patterns& patterns_;
  Effort& effort_;
};

}  // namespace

bool is_plainly_valid(const Node& schema, int draft, Patterns& patterns, Effort& effort) {
  return Check(draft, patterns, effort).top(schema);
}

bool is_known_keyword(std::string_view keyword) { return find_keyword(keyword) != nullptr; }

}  // namespace rhumb::jsonschema
