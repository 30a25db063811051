#include "rhumb/jsonschema/jsonschema.h"

#include "jsonschema/compiler.h"
#include "jsonschema/failure.h"
#include "jsonschema/validator.h"

namespace rhumb::jsonschema {
namespace {

constexpr const char* own_url = "file:///values.schema.json";

Node root_node(const Value& instance, Arena& arena) {
  // Helm hands over a plain map, and an empty one for nil.
  return node_of(instance.type() == Type::values ? instance.with_type(Type::map_any) : instance, arena);
}

std::string validate_or_throw(std::string_view schema_text, const Value& instance, const Context& context) {
  Arena arena(context.limits.memory_bytes);
  const Node* const document = parse_json(schema_text, arena);
  context.log.write(LogLevel::debug, "unmarshalled JSON schema", {{"schema", std::string(schema_text)}});
  Compiler compiler(&context, context.limits, arena);
  compiler.loader().add(own_url, *document);
  const Schema& schema = compiler.compile(own_url);
  const Node value = root_node(instance, arena);
  Validator validator(context.limits, compiler.patterns());
  const ValidationError* const error = validator.check(schema, value);
  if (error == nullptr) return {};
  // What follows the first line, which names the schema.
  const std::string text = display(*error);
  return text.substr(text.find('\n') + 1) + "\n";
}

}  // namespace

std::string validate(std::string_view schema_text, const Value& instance, const Context& context) {
  try {
    return validate_or_throw(schema_text, instance, context);
  } catch (const Failure& failure) {
    return failure.message;
  } catch (const Panic& panic) {
    return "unable to validate schema: " + panic.message;
  } catch (const LimitError& error) {
    return error.what();
  }
}

}  // namespace rhumb::jsonschema
