// Lists: sprig's functions over slices of any type. They make new lists and leave their arguments alone; a must variant
// returns as error what the other one panics with, which reads the same in a template.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <unordered_map>

#include "funcs/families.h"
#include "funcs/lists_sequence.h"
#include "funcs/support/coercion.h"
#include "rhumb/value/capacity.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;

Value list(CallContext& context, Args args) { return context.heap.list(args); }

Value first(CallContext&, Args args) {
  const Sequence sequence(args[0], "Cannot find first on type");
  return sequence.empty() ? Value() : sequence[0];
}

Value last(CallContext&, Args args) {
  const Sequence sequence(args[0], "Cannot find last on type");
  return sequence.empty() ? Value() : sequence[sequence.size() - 1];
}

Value rest(CallContext& context, Args args) {
  const Sequence sequence(args[0], "Cannot find rest on type");
  return sequence.empty() ? Value::nil_list() : context.heap.list(sequence.items(1, sequence.size()));
}

Value initial(CallContext& context, Args args) {
  const Sequence sequence(args[0], "Cannot find initial on type");
  return sequence.empty() ? Value::nil_list() : context.heap.list(sequence.items(0, sequence.size() - 1));
}

Value append(CallContext& context, Args args) {
  std::vector<Value> items = Sequence(args[0], "Cannot push on type").items();
  const std::size_t capacity = items.size();
  items.push_back(args[1]);
  return context.heap.appended_list(items, Type::slice_any, capacity);
}

Value prepend(CallContext& context, Args args) {
  const Sequence sequence(args[0], "Cannot prepend on type");
  std::vector<Value> items{args[1]};
  for (std::size_t i = 0; i < sequence.size(); ++i) items.push_back(sequence[i]);
  return context.heap.appended_list(items, Type::slice_any, grown_capacity(1, items.size(), Type::slice_any));
}

Value concat(CallContext& context, Args args) {
  std::vector<Value> items;
  for (const Value& arg : args) {
    if (!arg.is_nil() && !is_slice(arg.type())) {
      throw FunctionError{"Cannot concat type " + std::string(kind_name(arg.kind())) + " as list"};
    }
    const Sequence sequence(arg, "");
    for (std::size_t i = 0; i < sequence.size(); ++i) items.push_back(sequence[i]);
  }
  return items.empty() ? Value::nil_list() : context.heap.appended_list(items);
}

Value reverse(CallContext& context, Args args) {
  std::vector<Value> items = Sequence(args[0], "Cannot find reverse on type").items();
  std::reverse(items.begin(), items.end());
  return context.heap.list(items);
}

Value compact(CallContext& context, Args args) {
  std::vector<Value> items = Sequence(args[0], "Cannot compact on type").items();
  std::erase_if(items, is_empty);
  return context.heap.appended_list(items);
}

bool contains(std::span<const Value> items, const Value& wanted) {
  return std::any_of(items.begin(), items.end(), [&](const Value& item) { return deep_equal(wanted, item); });
}

// Equal values have the same hash; the elements of lists and maps do not count.
std::size_t hash_of(const Value& value) {
  const auto type = static_cast<std::size_t>(value.type());
  switch (value.rep()) {
    case Rep::boolean: return type * 31 + static_cast<std::size_t>(value.as_bool());
    case Rep::integer: return type * 31 + std::hash<std::int64_t>()(value.as_integer());
    case Rep::unsigned_integer: return type * 31 + std::hash<std::uint64_t>()(value.as_unsigned());
    case Rep::floating: return type * 31 + std::hash<double>()(value.as_double());
    case Rep::text: return type * 31 + std::hash<std::string_view>()(value.as_text());
    case Rep::list: return type * 31 + value.as_list().size();
    case Rep::map: return type * 31 + (value.as_map() == nullptr ? 0 : value.as_map()->size());
    default: return type;
  }
}

Value uniq(CallContext& context, Args args) {
  const Sequence sequence(args[0], "Cannot find uniq on type");
  std::vector<Value> items;
  std::unordered_multimap<std::size_t, std::size_t> places;  // of the items, by hash
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const Value item = sequence[i];
    const std::size_t hash = hash_of(item);
    const auto [begin, end] = places.equal_range(hash);
    if (std::any_of(begin, end, [&](const auto& place) { return deep_equal(item, items[place.second]); })) continue;
    places.emplace(hash, items.size());
    items.push_back(item);
  }
  return context.heap.appended_list(items);
}

Value without(CallContext& context, Args args) {
  std::vector<Value> items = Sequence(args[0], "Cannot find without on type").items();
  std::erase_if(items, [&](const Value& item) { return contains(args.subspan(1), item); });
  return context.heap.appended_list(items);
}

Value has(CallContext&, Args args) {
  if (args[1].is_nil()) return Value::boolean(false);
  const Sequence haystack(args[1], "Cannot find has on type");
  for (std::size_t i = 0; i < haystack.size(); ++i) {
    if (deep_equal(args[0], haystack[i])) return Value::boolean(true);
  }
  return Value::boolean(false);
}

Value slice(CallContext& context, Args args) {
  const Sequence sequence(args[0], "list should be type of slice or array but");
  if (sequence.empty()) return Value();
  const std::int64_t from = args.size() > 1 ? to_int64(args[1]) : 0;
  const std::int64_t to = args.size() > 2 ? to_int64(args[2]) : static_cast<std::int64_t>(sequence.size());
  return part_of_list(context.heap, args[0], from, to);
}

// The sizes of the chunks, through floating numbers as in sprig, whose panics for sizes below one are Go's for lists of
// negative length.
std::int64_t length_of_list(double length) {
  const std::int64_t count = truncate_to_int64(length);
  if (count < 0) throw FunctionError{"runtime error: makeslice: len out of range"};
  return count;
}

Value chunk(CallContext& context, Args args) {
  const std::int64_t size = args[0].as_integer();
  const Sequence sequence(args[1], "Cannot chunk type");
  const auto total = static_cast<double>(sequence.size());
  const std::int64_t count = length_of_list(std::floor((total - 1) / static_cast<double>(size)) + 1);
  std::vector<Value> chunks;
  std::size_t from = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t length = size;
    if (i == count - 1) {
      length = truncate_to_int64(std::floor(std::fmod(total, static_cast<double>(size))));
      if (length == 0) length = size;
    }
    if (length < 0) throw FunctionError{"runtime error: makeslice: len out of range"};
    const std::size_t to = std::min(sequence.size(), from + static_cast<std::size_t>(length));
    chunks.push_back(context.heap.list(sequence.items(from, to)));
    from = to;
  }
  return context.heap.list(chunks, Type::slice_slice_any);
}

constexpr Type any = Type::interface;
constexpr Type items = Type::slice_any;
constexpr Signature list_to_any = Signature::of({any}, any);
constexpr Signature list_to_list = Signature::of({any}, items);
constexpr Signature list_and_value = Signature::of({any, any}, items);
constexpr Signature list_and_values = Signature::variadic_of({any, any}, items);

constexpr auto table = std::to_array<gotmpl::Function>({
    {"list", Signature::variadic_of({any}, items), list, gotmpl::Reading::passes},
    {"tuple", Signature::variadic_of({any}, items), list, gotmpl::Reading::passes},
    {"first", list_to_any, first},
    {"mustFirst", list_to_any, first},
    {"last", list_to_any, last},
    {"mustLast", list_to_any, last},
    {"rest", list_to_list, rest},
    {"mustRest", list_to_list, rest},
    {"initial", list_to_list, initial},
    {"mustInitial", list_to_list, initial},
    {"append", list_and_value, append},
    {"mustAppend", list_and_value, append},
    {"push", list_and_value, append},
    {"mustPush", list_and_value, append},
    {"prepend", list_and_value, prepend},
    {"mustPrepend", list_and_value, prepend},
    {"concat", Signature::variadic_of({any}, any), concat},
    {"reverse", list_to_list, reverse},
    {"mustReverse", list_to_list, reverse},
    {"compact", list_to_list, compact},
    {"mustCompact", list_to_list, compact},
    {"uniq", list_to_list, uniq},
    {"mustUniq", list_to_list, uniq},
    {"without", list_and_values, without},
    {"mustWithout", list_and_values, without},
    {"has", Signature::of({any, any}, Type::boolean), has},
    {"mustHas", Signature::of({any, any}, Type::boolean), has},
    {"slice", Signature::variadic_of({any, any}, any), slice},
    {"mustSlice", Signature::variadic_of({any, any}, any), slice},
    {"chunk", Signature::of({Type::int_, any}, Type::slice_slice_any), chunk},
    {"mustChunk", Signature::of({Type::int_, any}, Type::slice_slice_any), chunk},
});

}  // namespace

const std::span<const gotmpl::Function> list_functions = table;

}  // namespace rhumb::funcs
