// Dictionaries: maps with string keys, shared and changed in place. Where Go's order is random (keys, values), it is
// the order of the keys here.
#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "funcs/families.h"
#include "rhumb/value/go_print.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;

const Value* look_up(const Value& dict, std::string_view key) {
  return dict.as_map() == nullptr ? nullptr : dict.as_map()->find(key);
}

std::span<const Map::Entry> entries_of(const Value& dict) {
  return dict.as_map() == nullptr ? std::span<const Map::Entry>() : std::as_const(*dict.as_map()).entries();
}

/// A key that a template takes out by its name is no key that nobody knows.
void note_left_out(CallContext& context, const Value& value) {
  if (!context.tracing()) return;
  std::unordered_set<const void*> done;
  mark_all_read(*context.origins, value, done);
}

Value dict(CallContext& context, Args args) {
  const Value made = context.heap.map();
  for (std::size_t i = 0; i < args.size(); i += 2) {
    const Value value = i + 1 < args.size() ? args[i + 1] : context.string("");
    if (args[i].is_string()) {
      made.as_map()->set(args[i].as_text(), value);
    } else {
      made.as_map()->set_printed(args[i], value);
    }
  }
  return made;
}

Value get(CallContext& context, Args args) {
  const Value* const found = look_up(args[0], args[1].as_text());
  return found != nullptr ? *found : context.string("");
}

Value set(CallContext&, Args args) {
  if (args[0].as_map() == nullptr) throw FunctionError{"assignment to entry in nil map"};
  args[0].as_map()->set(args[1].as_text(), args[2]);
  return args[0];
}

Value unset(CallContext& context, Args args) {
  if (const Value* const found = look_up(args[0], args[1].as_text())) {
    note_left_out(context, *found);
    args[0].as_map()->erase(args[1].as_text());
  }
  return args[0];
}

Value has_key(CallContext& context, Args args) {
  const Value* const found = look_up(args[0], args[1].as_text());
  if (found != nullptr) context.note_read(*found);
  return Value::boolean(found != nullptr);
}

Value keys(CallContext& context, Args args) {
  std::vector<Value> items;
  for (const Value& arg : args) {
    for (const Map::Entry& entry : entries_of(arg)) {
      items.push_back(context.heap.string_reference(entry.key).with_origin(entry.value.origin()));
    }
  }
  return context.heap.appended_list(items, Type::slice_string);
}

Value values(CallContext& context, Args args) {
  std::vector<Value> items;
  for (const Map::Entry& entry : entries_of(args[0])) items.push_back(entry.value);
  return context.heap.appended_list(items);
}

Value pick(CallContext& context, Args args) {
  const Value picked = context.heap.map();
  for (const Value& key : args.subspan(1)) {
    if (const Value* const found = look_up(args[0], key.as_text())) picked.as_map()->set(key.as_text(), *found);
  }
  return picked;
}

Value omit(CallContext& context, Args args) {
  const Value kept = context.heap.map();
  for (const Map::Entry& entry : entries_of(args[0])) {
    const bool omitted =
        std::any_of(args.begin() + 1, args.end(), [&](const Value& key) { return key.as_text() == entry.key; });
    if (!omitted) {
      kept.as_map()->set(entry.key, entry.value);
    } else {
      note_left_out(context, entry.value);
    }
  }
  return kept;
}

Value pluck(CallContext& context, Args args) {
  std::vector<Value> items;
  for (const Value& arg : args.subspan(1)) {
    const Value* const found = look_up(arg, args[0].as_text());
    if (found == nullptr) continue;
    context.note_read(*found);
    items.push_back(*found);
  }
  return context.heap.appended_list(items);
}

FunctionError conversion_error(const Value& value, std::string_view wanted) {
  const std::string_view type = value.is_nil() ? "nil" : value.type_name();
  return {"interface conversion: interface {} is " + std::string(type) + ", not " + std::string(wanted)};
}

// Type assertions of Go: only the plain map will do, common.Values will not.
const Value& plain_map(const Value& value) {
  if (value.type() != Type::map_any) throw conversion_error(value, "map[string]interface {}");
  return value;
}

// dig KEY... DEFAULT DICT
Value dig(CallContext&, Args args) {
  if (args.size() < 3) throw FunctionError{"dig needs at least three arguments"};
  Value step = plain_map(args.back());
  const Args path = args.first(args.size() - 2);
  for (const Value& key : path) {
    if (!key.is_string()) throw conversion_error(key, "string");
  }
  for (const Value& key : path) {
    const Value* const found = look_up(plain_map(step), key.as_text());
    if (found == nullptr) return args[args.size() - 2];
    step = Value(*found);
  }
  return step;
}

constexpr Type any = Type::interface;
constexpr Type map = Type::map_any;
constexpr Type text = Type::string;

constexpr auto table = std::to_array<gotmpl::Function>({
    {"dict", Signature::variadic_of({any}, map), dict, gotmpl::Reading::passes},
    {"get", Signature::of({map, text}, any), get, gotmpl::Reading::passes},
    {"set", Signature::of({map, text, any}, map), set, gotmpl::Reading::changes},
    {"unset", Signature::of({map, text}, map), unset, gotmpl::Reading::changes},
    {"hasKey", Signature::of({map, text}, Type::boolean), has_key, gotmpl::Reading::passes},
    {"keys", Signature::variadic_of({map}, Type::slice_string), keys, gotmpl::Reading::keys},
    {"values", Signature::of({map}, Type::slice_any), values, gotmpl::Reading::passes},
    {"pick", Signature::variadic_of({map, text}, map), pick, gotmpl::Reading::passes},
    {"omit", Signature::variadic_of({map, text}, map), omit, gotmpl::Reading::passes},
    {"pluck", Signature::variadic_of({text, map}, Type::slice_any), pluck, gotmpl::Reading::passes},
    {"dig", Signature::variadic_of({any}, any), dig, gotmpl::Reading::passes},
});

}  // namespace

const std::span<const gotmpl::Function> dict_functions = table;

}  // namespace rhumb::funcs
