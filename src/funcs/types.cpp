// Types and kinds of values by their Go names, and equality that is strict about them.
#include <array>
#include <string>

#include "funcs/families.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Signature;

Value type_of(CallContext& context, Args args) { return context.heap.string_reference(args[0].type_name()); }

Value type_is(CallContext&, Args args) { return Value::boolean(args[0].as_text() == args[1].type_name()); }

// A pointer is like what it points to.
Value type_is_like(CallContext&, Args args) {
  const std::string_view wanted = args[0].as_text();
  const std::string_view type = args[1].type_name();
  return Value::boolean(wanted == type || (type.starts_with('*') && type.substr(1) == wanted));
}

Value kind_of(CallContext& context, Args args) { return context.heap.string_reference(kind_name(args[0].kind())); }

Value kind_is(CallContext&, Args args) { return Value::boolean(args[0].as_text() == kind_name(args[1].kind())); }

Value deep_equal_values(CallContext&, Args args) { return Value::boolean(deep_equal(args[0], args[1])); }

constexpr Type any = Type::interface;

constexpr auto table = std::to_array<gotmpl::Function>({
    {"typeOf", Signature::of({any}, Type::string), type_of, gotmpl::Reading::passes},
    {"typeIs", Signature::of({Type::string, any}, Type::boolean), type_is, gotmpl::Reading::passes},
    {"typeIsLike", Signature::of({Type::string, any}, Type::boolean), type_is_like, gotmpl::Reading::passes},
    {"kindOf", Signature::of({any}, Type::string), kind_of, gotmpl::Reading::passes},
    {"kindIs", Signature::of({Type::string, any}, Type::boolean), kind_is, gotmpl::Reading::passes},
    {"deepEqual", Signature::of({any, any}, Type::boolean), deep_equal_values},
});

}  // namespace

const std::span<const gotmpl::Function> type_functions = table;

}  // namespace rhumb::funcs
