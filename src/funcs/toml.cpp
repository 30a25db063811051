// Helm's functions about TOML (pkg/engine/funcs.go, helm 4.3.1).
#include "funcs/families.h"
#include "funcs/support/toml_parser.h"
#include "funcs/support/toml_writer.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Signature;

bool encode(CallContext& context, const Value& value, std::string& out, std::string& error) {
  // The library asks a nil for its type before it is ready to catch that.
  if (value.is_nil()) throw FunctionError{"reflect: call of reflect.Value.Type on zero Value"};
  return write_toml(value, context.limits, out, error);
}

/// An error is the text of the result.
Value to_toml(CallContext& context, Args args) {
  std::string text;
  std::string error;
  return context.string(encode(context, args[0], text, error) ? text : error);
}

Value must_to_toml(CallContext& context, Args args) {
  std::string text;
  std::string error;
  if (!encode(context, args[0], text, error)) throw FunctionError{error};
  return context.string(text);
}

/// An error stands under the key Error.
Value from_toml(CallContext& context, Args args) {
  Value result;
  std::string error;
  if (parse_toml(context, args[0].as_text(), result, error)) return result;
  Map* const map = context.heap.new_map();
  map->set("Error", context.string(error));
  return Value::map(map);
}

constexpr Function table[] = {
    {"fromToml", Signature::of({Type::string}, Type::map_any), from_toml},
    {"mustToToml", Signature::of({Type::interface}, Type::string), must_to_toml},
    {"toToml", Signature::of({Type::interface}, Type::string), to_toml},
};

}  // namespace

const std::span<const Function> toml_functions = table;

}  // namespace rhumb::funcs
