// index, slice, len, not, print printf println, and the table of all builtins. As funcs.go of text/template.
#include "rhumb/gotmpl/builtins.h"

#include <fmt/format.h>

#include "gotmpl/builtin_bodies.h"
#include "gotmpl/traced_print.h"
#include "gotmpl/types.h"
#include "rhumb/value/go_print.h"

namespace rhumb::gotmpl {
namespace {

std::size_t length_of(const Value& value) {
  switch (value.rep()) {
    case Rep::text: return value.as_text().size();
    case Rep::list: return value.as_list().size();
    case Rep::map: return value.as_map() == nullptr ? 0 : value.as_map()->size();
    default: return 0;
  }
}

/// As indexArg: an index up to `limit`, which is the length.
std::size_t index_arg(const Value& index, std::size_t limit) {
  if (index.is_nil()) throw FunctionError{"cannot index slice/array with nil"};
  std::int64_t at = 0;
  switch (index.rep()) {
    case Rep::integer: at = index.as_integer(); break;
    case Rep::unsigned_integer: at = static_cast<std::int64_t>(index.as_unsigned()); break;
    default: throw FunctionError{fmt::format("cannot index slice/array with type {}", index.type_name())};
  }
  if (at < 0 || static_cast<std::size_t>(at) > limit) throw FunctionError{fmt::format("index out of range: {}", at)};
  return static_cast<std::size_t>(at);
}

Value index_sequence(const Value& item, const Value& index) {
  const std::size_t at = index_arg(is_nothing(index) ? Value() : index, length_of(item));
  if (at == length_of(item)) {  // let through by indexArg, not by reflect
    throw FunctionError{fmt::format("reflect: {} index out of range", item.is_string() ? "string" : "slice")};
  }
  if (item.is_list()) return item.as_list()[at];
  return Value::unsigned_integer(static_cast<unsigned char>(item.as_text()[at]), Type::uint8);
}

Value index_map(const Value& item, const Value& key) {
  if (is_nothing(key)) throw FunctionError{"value is nil; should be of type string"};
  if (!key.is_string()) throw FunctionError{fmt::format("value has type {}; should be string", key.type_name())};
  const Value* const found = item.as_map() == nullptr ? nullptr : std::as_const(*item.as_map()).find(key.as_text());
  return found != nullptr ? *found : zero_value(type_info(item.type()).element);
}

Value len_body(CallContext&, Args args) {
  const Value& item = args[0];
  if (item.is_nil()) throw FunctionError{"reflect: call of reflect.Value.Type on zero Value"};
  if (is_nothing(item)) throw FunctionError{"len of nil pointer"};
  if (item.is_list() || item.is_text() || item.is_map()) {
    return Value::integer(static_cast<std::int64_t>(length_of(item)));
  }
  throw FunctionError{fmt::format("len of type {}", pointed_type_name(item.type()))};
}

Value not_body(CallContext&, Args args) { return Value::boolean(!is_true(args[0])); }

Value print_body(CallContext& context, Args args) {
  std::string text = sprint(args, context.limits.output_bytes);
  return context.tracing() ? traced_print(context, args, std::move(text)) : context.string(text);
}

Value println_body(CallContext& context, Args args) {
  return context.string(sprintln(args, context.limits.output_bytes));
}

Value printf_body(CallContext& context, Args args) {
  std::string text = sprintf(args[0].as_text(), args.subspan(1), context.limits.output_bytes);
  return context.tracing() ? traced_printf(context, args, std::move(text)) : context.string(text);
}

constexpr Type any = Type::interface;
constexpr Type reflected = Type::reflect_value;

constexpr Function table[] = {
    {"and", Signature::variadic_of({reflected, reflected}, reflected), and_body, Reading::passes},
    {"call", Signature::variadic_of({reflected, reflected}, reflected), call_body},
    {"eq", Signature::variadic_of({reflected, reflected}, Type::boolean), eq_body},
    {"ge", Signature::of({reflected, reflected}, Type::boolean), ge_body},
    {"gt", Signature::of({reflected, reflected}, Type::boolean), gt_body},
    {"html", Signature::variadic_of({any}, Type::string), html_body},
    {"index", Signature::variadic_of({reflected, reflected}, reflected), index_body, Reading::passes},
    {"js", Signature::variadic_of({any}, Type::string), js_body},
    {"le", Signature::of({reflected, reflected}, Type::boolean), le_body},
    {"len", Signature::of({reflected}, Type::int_), len_body, Reading::passes},
    {"lt", Signature::of({reflected, reflected}, Type::boolean), lt_body},
    {"ne", Signature::of({reflected, reflected}, Type::boolean), ne_body},
    {"not", Signature::of({reflected}, Type::boolean), not_body, Reading::passes},
    {"or", Signature::variadic_of({reflected, reflected}, reflected), or_body, Reading::passes},
    {"print", Signature::variadic_of({any}, Type::string), print_body},
    {"printf", Signature::variadic_of({Type::string, any}, Type::string), printf_body},
    {"println", Signature::variadic_of({any}, Type::string), println_body},
    {"slice", Signature::variadic_of({reflected, reflected}, reflected), slice_body},
    {"urlquery", Signature::variadic_of({any}, Type::string), urlquery_body},
};

}  // namespace

Value index_alone_body(CallContext&, Args args) {
  if (is_nothing(args[0])) throw FunctionError{"index of untyped nil"};
  return args[0];
}

Value index_body(CallContext& context, Args args) {
  Value item = index_alone_body(context, args);
  for (const Value& index : args.subspan(1)) {
    if (is_nothing(item)) throw FunctionError{"index of nil pointer"};
    if (item.is_list() || item.is_text()) {
      item = index_sequence(item, index);
    } else if (item.is_map()) {
      item = index_map(item, index);
    } else {
      throw FunctionError{fmt::format("can't index item of type {}", pointed_type_name(item.type()))};
    }
  }
  return item;
}

/// The capacity of a Go slice is taken for its length.
Value slice_body(CallContext& context, Args args) {
  const Value& item = args[0];
  const Args indexes = args.subspan(1);
  if (is_nothing(item)) throw FunctionError{"slice of untyped nil"};
  if (indexes.size() > 3) throw FunctionError{fmt::format("too many slice indexes: {}", indexes.size())};
  if (item.is_string() && indexes.size() == 3) throw FunctionError{"cannot 3-index slice a string"};
  if (!item.is_list() && !item.is_text()) {
    throw FunctionError{fmt::format("can't slice item of type {}", pointed_type_name(item.type()))};
  }
  std::array<std::size_t, 3> bounds{0, length_of(item), length_of(item)};
  for (std::size_t i = 0; i < indexes.size(); ++i) bounds[i] = index_arg(indexes[i], length_of(item));
  for (std::size_t i = 0; i < 2; ++i) {
    if (bounds[i] <= bounds[i + 1]) continue;
    throw FunctionError{fmt::format("invalid slice index: {} > {}", bounds[i], bounds[i + 1])};
  }
  const std::size_t count = bounds[1] - bounds[0];
  if (item.is_list()) return context.heap.list(item.as_list().subspan(bounds[0], count), item.type());
  return context.heap.string(item.as_text().substr(bounds[0], count), item.type());
}

Value and_body(CallContext&, Args) { return {}; }
Value or_body(CallContext&, Args) { return Value::boolean(true); }
Value call_body(CallContext&, Args) { return Value::boolean(false); }

const std::span<const Function> builtin_functions = table;

}  // namespace rhumb::gotmpl
