// deepCopy, as mitchellh/copystructure 1.2.0 copies: maps and lists with all below them. Fields of structs that are not
// exported stay behind, so that the copy of a version is 0.0.0; times are copied whole.
//
// Walks with a list of what is still to copy: the depth of values is the chart's choice.
#include <array>

#include "funcs/families.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;

constexpr std::size_t deepest = 100'000;

Value zero_like(Heap& heap, const Value& value) {
  switch (value.rep()) {
    case Rep::boolean: return Value::boolean(false);
    case Rep::integer: return Value::integer(0, value.type());
    case Rep::unsigned_integer: return Value::unsigned_integer(0, value.type());
    case Rep::floating: return Value::floating(0, value.type());
    case Rep::text: return heap.string("", value.type());
    case Rep::list: return Value::nil_list(value.type());
    case Rep::map: return Value::nil_map(value.type());
    default: return Value();
  }
}

class Copier {
 public:
  explicit Copier(Heap& heap) : heap_(heap) {}

  Value copy(const Value& value) {
    Value result = value;
    open_.push_back({&result, 0});
    while (!open_.empty()) {
      const Place place = open_.back();
      open_.pop_back();
      if (place.depth == deepest) throw LimitError("deepCopy: values are nested more than 100000 levels deep");
      copy_at(place);
    }
    return result;
  }

 private:
  // Holds the original until it is its turn, then a copy whose own elements are still the originals.
  struct Place {
    Value* value;
    std::size_t depth;
  };

  void copy_at(const Place& place) {
    Value& value = *place.value;
    if (value.is_nil() || !(value.is_list() || value.is_map() || value.is_structure()) || value.is_nil_payload())
      return;
    const OriginId origin = value.origin();
    if (value.is_list()) {
      copy_list(place);
    } else if (value.is_map()) {
      copy_map(place);
    } else {
      copy_structure(place);
    }
    value.set_origin(origin);
  }

  void copy_list(const Place& place) {
    const List& original = *place.value->list_payload();
    Value* const items = heap_.arena().create_array<Value>(original.size);
    for (std::size_t i = 0; i < original.size; ++i) {
      items[i] = original.items[i];
      open_.push_back({&items[i], place.depth + 1});
    }
    const List* const copy =
        heap_.arena().create<List>(List{items, original.size, 0, original.hidden + original.zeros});
    *place.value = Value::list(copy, place.value->type());
  }

  void copy_map(const Place& place) {
    const Value copy = Value::map(heap_.new_map(*place.value->as_map()), place.value->type());
    for (Map::Entry& entry : copy.as_map()->mutable_entries()) open_.push_back({&entry.value, place.depth + 1});
    *place.value = copy;
  }

  void copy_structure(const Place& place) {
    const Structure& original = place.value->as_structure();
    if (original.fields == nullptr) return;
    const std::span<const Value> fields(original.fields, original.type->fields.size());
    const Value copy = heap_.structure(*original.type, fields);
    Value* const copies = const_cast<Value*>(copy.as_structure().fields);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const char initial = original.type->fields[i][0];
      if (initial >= 'A' && initial <= 'Z') {
        open_.push_back({&copies[i], place.depth + 1});
      } else {
        copies[i] = zero_like(heap_, copies[i]);
      }
    }
    *place.value = copy;
  }

  Heap& heap_;
  std::vector<Place> open_;
};

Value deep_copy_value(CallContext& context, Args args) {
  if (args[0].is_nil()) throw FunctionError{"reflect: call of reflect.Value.Type on zero Value"};
  return Copier(context.heap).copy(args[0]);
}

constexpr Signature signature = Signature::of({Type::interface}, Type::interface);

constexpr auto table = std::to_array<gotmpl::Function>({
    {"deepCopy", signature, deep_copy_value, gotmpl::Reading::passes},
    {"mustDeepCopy", signature, deep_copy_value, gotmpl::Reading::passes},
});

}  // namespace

const std::span<const gotmpl::Function> dict_copy_functions = table;

}  // namespace rhumb::funcs
