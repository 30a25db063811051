#include "funcs/lists_sequence.h"

#include <algorithm>
#include <string>

namespace rhumb::funcs {
namespace {

Value zero_of(Heap& heap, Type type) {
  switch (type) {
    case Type::string: return heap.string("");
    case Type::int_: return Value::integer(0);
    case Type::float64: return Value::floating(0);
    case Type::slice_any: return Value::nil_list();
    case Type::map_any: return Value::nil_map();
    default: return Value();
  }
}

Value part_of_bytes(Heap& heap, const Value& bytes, std::int64_t from, std::int64_t to) {
  const auto size = static_cast<std::int64_t>(bytes.as_text().size());
  if (from < 0 || to < from || to > size) {
    throw gotmpl::FunctionError{"reflect.Value.Slice: slice index out of bounds"};
  }
  return heap.bytes(bytes.as_text().substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
}

}  // namespace

gotmpl::FunctionError nil_dereference() { return {"runtime error: invalid memory address or nil pointer dereference"}; }

Sequence::Sequence(const Value& list, std::string_view complaint) {
  if (list.is_nil()) throw nil_dereference();
  if (list.type() == Type::bytes) {
    bytes_ = list.as_text().data();
    size_ = list.as_text().size();
  } else if (list.is_list()) {
    items_ = list.as_list().data();
    size_ = list.as_list().size();
  } else {
    throw gotmpl::FunctionError{std::string(complaint) + " " + std::string(kind_name(list.kind()))};
  }
}

std::vector<Value> Sequence::items(std::size_t from, std::size_t to) const {
  std::vector<Value> items;
  items.reserve(to - from);
  for (std::size_t i = from; i < to; ++i) items.push_back((*this)[i]);
  return items;
}

Value part_of_list(Heap& heap, const Value& list, std::int64_t from, std::int64_t to) {
  if (list.type() == Type::bytes) return part_of_bytes(heap, list, from, to);
  const List& whole = *list.list_payload();
  const std::size_t reach = whole.size + whole.hidden + whole.zeros;
  if (from < 0 || to < from || static_cast<std::uint64_t>(to) > reach) {
    throw gotmpl::FunctionError{"reflect.Value.Slice: slice index out of bounds"};
  }
  const auto begin = static_cast<std::size_t>(from);
  const auto end = static_cast<std::size_t>(to);
  const std::size_t kept = whole.size + whole.hidden;
  if (end <= kept) {  // the array is shared
    auto* const part = heap.arena().create<List>(List{whole.items + begin, end - begin, kept - end, whole.zeros});
    return Value::list(part, list.type());
  }
  std::vector<Value> items(whole.items + std::min(begin, kept), whole.items + kept);
  items.resize(end - begin, zero_of(heap, type_info(list.type()).element));
  const Value made = heap.list(items, list.type());
  const_cast<List*>(made.list_payload())->zeros = reach - end;
  return made;
}

}  // namespace rhumb::funcs
