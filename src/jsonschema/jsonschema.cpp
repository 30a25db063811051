#include "rhumb/jsonschema/jsonschema.h"

#include <exception>

#include "jsonschema/compiler.h"
#include "jsonschema/failure.h"
#include "jsonschema/validator.h"

namespace rhumb::jsonschema {
struct Instance::State {
  explicit State(std::size_t limit_bytes) : arena(limit_bytes) {}

  Arena arena;
  Node node;
  /// Why there is no node.
  std::exception_ptr error;
};

Instance::Instance(const Value& values, const Limits& limits) : state_(std::make_unique<State>(limits.memory_bytes)) {
  try {
    // Helm hands over a plain map, and an empty one for nil.
    state_->node = node_of(values.type() == Type::values ? values.with_type(Type::map_any) : values, state_->arena);
  } catch (const LimitError&) {
    state_->error = std::current_exception();
  }
}

Instance::~Instance() = default;

namespace {

constexpr const char* own_url = "file:///values.schema.json";

std::string validate_or_throw(std::string_view schema_text, const Instance& instance, const Context& context) {
  Arena arena(context.limits.memory_bytes);
  const Node* const document = parse_json(schema_text, arena);
  if (context.log.wants(LogLevel::debug)) {
    context.log.write(LogLevel::debug, "unmarshalled JSON schema", {{"schema", std::string(schema_text)}});
  }
  Compiler compiler(&context, context.limits, arena);
  compiler.loader().add(own_url, *document);
  const Schema& schema = compiler.compile(own_url);
  if (instance.state().error) std::rethrow_exception(instance.state().error);
  Validator validator(context.limits, compiler.patterns());
  const ValidationError* const error = validator.check(schema, instance.state().node);
  if (error == nullptr) return {};
  // What follows the first line, which names the schema.
  const std::string text = display(*error);
  return text.substr(text.find('\n') + 1) + "\n";
}

}  // namespace

std::string validate(std::string_view schema_text, const Value& instance, const Context& context) {
  return validate(schema_text, Instance(instance, context.limits), context);
}

std::string validate(std::string_view schema_text, const Instance& instance, const Context& context) {
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
