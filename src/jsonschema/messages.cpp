#include "jsonschema/messages.h"

#include "jsonschema/address.h"
#include "jsonschema/number_format.h"
#include "rhumb/base/quote.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"

namespace rhumb::jsonschema {
namespace {

/// "'a', 'b'"
std::string all_quoted(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += single_quoted(name);
  }
  return out;
}

bool is_simple(const Node& node) { return !node.is(NodeKind::array) && !node.is_object(); }

/// As display of the package kind.
std::string shown(const Node& node) {
  switch (node.kind) {
    case NodeKind::null: return "<nil>";
    case NodeKind::boolean: return node.boolean ? "true" : "false";
    case NodeKind::string: return single_quoted(node.text);
    case NodeKind::number: return std::string(node.text);
    default: return "value";
  }
}

std::string choices(const Node& wanted) {
  std::string out;
  for (const Node& choice : wanted.items) {
    if (!is_simple(choice)) return "'enum' failed";
    out += (out.empty() ? "" : ", ") + shown(choice);
  }
  return (wanted.items.size() == 1 ? "value must be " : "value must be one of ") + out;
}

std::string got_and_wanted(std::string_view keyword, const std::array<std::int64_t, 2>& numbers) {
  return std::string(keyword) + ": got " + english(numbers[0]) + ", want " + english(numbers[1]);
}

std::string got_and_wanted(std::string_view keyword, const Node& got, const Decimal& wanted) {
  return std::string(keyword) + ": got " + english(Decimal::parse(got.text)->to_double()) + ", want " +
         english(wanted.to_double());
}

std::string missing(const std::vector<std::string_view>& names) {
  return (names.size() == 1 ? "missing property " : "missing properties ") + all_quoted(names);
}

std::string matched_items(const ValidationError& error, std::string_view bound) {
  std::string out =
      std::string(bound) + " " + english(error.numbers[0]) + " items required to match contains schema, but ";
  if (error.indices.empty() && error.problem == Problem::min_contains) return out + "none matched";
  out += "matched " + english(static_cast<std::int64_t>(error.indices.size())) + " items at";
  if (error.indices.empty()) out += " ";
  for (const std::size_t index : error.indices) out += " " + std::to_string(index);
  return out;
}

std::string type_mismatch(const ValidationError& error) {
  return "got " + type_names(type_of(*error.got), "") + ", want " + type_names(error.schema->types, " or ");
}

std::string one_of(const ValidationError& error) {
  if (error.indices.empty()) return "'oneOf' failed, none matched";
  return "'oneOf' failed, subschemas " + english(static_cast<std::int64_t>(error.indices[0])) + ", " +
         english(static_cast<std::int64_t>(error.indices[1])) + " matched";
}

std::string message_about_value(const ValidationError& error) {
  const Schema& schema = *error.schema;
  switch (error.problem) {
    case Problem::invalid_value: return "invalid jsonType " + std::string(error.got->text);
    case Problem::type: return type_mismatch(error);
    case Problem::constant:
      return is_simple(*schema.constant) ? "value must be " + shown(*schema.constant) : "'const' failed";
    case Problem::choices: return choices(*schema.choices);
    case Problem::format:
      return shown(*error.got) + " is not valid " + std::string(schema.format->name) + ": " + error.texts[0];
    case Problem::min_length: return got_and_wanted("minLength", error.numbers);
    case Problem::max_length: return got_and_wanted("maxLength", error.numbers);
    case Problem::pattern:
      return single_quoted(error.got->text) + " does not match pattern " + single_quoted(schema.pattern->pattern());
    case Problem::minimum: return got_and_wanted("minimum", *error.got, *schema.minimum);
    case Problem::maximum: return got_and_wanted("maximum", *error.got, *schema.maximum);
    case Problem::exclusive_minimum: return got_and_wanted("exclusiveMinimum", *error.got, *schema.exclusive_minimum);
    case Problem::exclusive_maximum: return got_and_wanted("exclusiveMaximum", *error.got, *schema.exclusive_maximum);
    case Problem::multiple_of: return got_and_wanted("multipleOf", *error.got, *schema.multiple_of);
    default: return {};
  }
}

std::string message_about_members(const ValidationError& error) {
  switch (error.problem) {
    case Problem::min_properties: return got_and_wanted("minProperties", error.numbers);
    case Problem::max_properties: return got_and_wanted("maxProperties", error.numbers);
    case Problem::required: return missing(error.names);
    case Problem::dependency:
      return "properties " + all_quoted(error.names) + " required, if " + single_quoted(error.name) + " exists";
    case Problem::additional_properties: return "additional properties " + all_quoted(error.names) + " not allowed";
    case Problem::property_names: return "invalid propertyName " + single_quoted(error.name);
    case Problem::min_items: return got_and_wanted("minItems", error.numbers);
    case Problem::max_items: return got_and_wanted("maxItems", error.numbers);
    case Problem::unique_items:
      return "items at " + english(error.numbers[0]) + " and " + english(error.numbers[1]) + " are equal";
    case Problem::additional_items: return "last " + english(error.numbers[0]) + " additionalItem(s) not allowed";
    case Problem::contains: return "no items match contains schema";
    case Problem::min_contains: return matched_items(error, "min");
    case Problem::max_contains: return matched_items(error, "max");
    default: return message_about_value(error);
  }
}

std::string message(const ValidationError& error) {
  switch (error.problem) {
    case Problem::schema: return "jsonschema validation failed with " + single_quoted(location(*error.schema));
    case Problem::group:
    case Problem::reference: return "validation failed";
    case Problem::false_schema: return "false schema";
    case Problem::reference_cycle:
      return "both " + error.texts[0] + " and " + error.texts[1] + " resolve to " +
             strings::quoted(location(*error.schema)) + " causing reference cycle";
    case Problem::negation: return "'not' failed";
    case Problem::all_of: return "'allOf' failed";
    case Problem::any_of: return "'anyOf' failed";
    case Problem::one_of: return one_of(error);
    default: return message_about_members(error);
  }
}

std::string path_text(const ValidationError& error) {
  std::string out;
  for (std::size_t i = 0; i < error.path_size; ++i) {
    const Token& token = error.path->tokens[i];
    out += "/" + (token.is_index ? std::to_string(token.index) : escape_token(token.key));
  }
  return out;
}

void display(std::string& out, const ValidationError& error, int indent) {
  check_stack("printing the errors of a JSON schema");
  // A reference with one cause is as good as that cause.
  const bool skipped = error.problem == Problem::reference && error.causes.size() == 1;
  if (!skipped) {
    if (indent > 0) {
      out += '\n';
      for (int i = 1; i < indent; ++i) out += "  ";
      out += "- ";
    }
    ++indent;
    if (error.problem != Problem::schema) out += "at " + single_quoted(path_text(error)) + ": ";
    out += message(error);
  }
  for (const ValidationError* cause : error.causes) display(out, *cause, indent);
}

}  // namespace

std::string display(const ValidationError& error) {
  std::string out;
  display(out, error, 0);
  return out;
}

std::string single_quoted(std::string_view text) {
  const std::string quoted = strings::quoted(text);
  std::string inner = strings::replace(quoted, "\\\"", "\"");
  inner = strings::replace(inner, "'", "\\'");
  return "'" + inner.substr(1, inner.size() - 2) + "'";
}

}  // namespace rhumb::jsonschema
