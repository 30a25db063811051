// Choosing between values: what is empty gives way.
#include <algorithm>
#include <array>

#include "funcs/families.h"
#include "funcs/support/coercion.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Signature;

Value default_value(CallContext&, Args args) { return args.size() < 2 || is_empty(args[1]) ? args[0] : args[1]; }

Value empty(CallContext&, Args args) { return Value::boolean(is_empty(args[0])); }

Value coalesce(CallContext&, Args args) {
  const auto found = std::find_if_not(args.begin(), args.end(), is_empty);
  return found == args.end() ? Value() : *found;
}

Value all(CallContext&, Args args) { return Value::boolean(std::none_of(args.begin(), args.end(), is_empty)); }

Value any(CallContext&, Args args) { return Value::boolean(!std::all_of(args.begin(), args.end(), is_empty)); }

Value ternary(CallContext&, Args args) { return args[2].as_bool() ? args[0] : args[1]; }

constexpr Type anything = Type::interface;

constexpr auto table = std::to_array<gotmpl::Function>({
    {"default", Signature::variadic_of({anything, anything}, anything), default_value, gotmpl::Reading::passes},
    {"empty", Signature::of({anything}, Type::boolean), empty, gotmpl::Reading::passes},
    {"coalesce", Signature::variadic_of({anything}, anything), coalesce, gotmpl::Reading::passes},
    {"all", Signature::variadic_of({anything}, Type::boolean), all, gotmpl::Reading::passes},
    {"any", Signature::variadic_of({anything}, Type::boolean), any, gotmpl::Reading::passes},
    {"ternary", Signature::of({anything, anything, Type::boolean}, anything), ternary, gotmpl::Reading::passes},
});

}  // namespace

const std::span<const gotmpl::Function> flow_functions = table;

}  // namespace rhumb::funcs
