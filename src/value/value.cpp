#include "rhumb/value/value.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "rhumb/value/capacity.h"

namespace rhumb {
namespace {

#ifdef RHUMB_STRESS
constexpr std::size_t counted_from = 8;
#else
constexpr std::size_t counted_from = 2048;
#endif

}  // namespace

void Value::release(const Text* text) noexcept {
  if (--text->references > 1) return;
  const CountedText* const counted = static_cast<const CountedText*>(text);
  counted->owner->free_text(counted);
}

Heap::~Heap() {
  while (counted_ != nullptr) free_text(counted_);
}

void Heap::free_text(const CountedText* text) {
  CountedText* const own = const_cast<CountedText*>(text);
  (own->previous != nullptr ? own->previous->next : counted_) = own->next;
  if (own->next != nullptr) own->next->previous = own->previous;
  arena_.discharge(own->size + own->trace().size_bytes() + sizeof(CountedText));
  delete[] own->data;
  delete[] own->pieces;
  delete own;
}

void Heap::begin_work() {
  if (generation_ == UINT16_MAX) return;  // all that comes now stays
  ++generation_;
  works_ = true;
  changed_older_ = false;
  new_long_keys_.clear();
  before_work_ = arena_.mark();
}

bool Heap::end_work() {
  if (!std::exchange(works_, false) || changed_older_) return false;
  while (counted_ != nullptr && counted_->generation == generation_) free_text(counted_);
  for (const std::string_view key : new_long_keys_) {
    arena_.discharge(key.size());
    long_keys_.erase(long_keys_.find(key));
    last_long_key_ = {};
  }
  arena_.rewind(before_work_);
  return true;
}

const Text* Heap::new_text(std::string_view text) {
  if (text.size() > options_.text_limit_bytes) {
    throw LimitError("a string of " + std::to_string(text.size()) + " bytes exceeds the limit of " +
                     std::to_string(options_.text_limit_bytes) + " bytes");
  }
  if (!options_.counts_large_texts || text.size() < counted_from) {
    const std::string_view copy = arena_.copy(text);
    return arena_.create<Text>(Text{copy.data(), copy.size()});
  }
  arena_.charge(text.size() + sizeof(CountedText));
  char* const data = new char[text.size()];
  std::memcpy(data, text.data(), text.size());
  CountedText* const made =
      new CountedText{{.data = data, .size = text.size(), .references = 1}, nullptr, counted_, this, generation_};
  if (counted_ != nullptr) counted_->previous = made;
  counted_ = made;
  return made;
}

Value Heap::string(std::string_view text, Type type) { return Value::text(new_text(text), type); }

Value Heap::string(TracedText&& text, Type type) {
  Text* const made = const_cast<Text*>(new_text(text.text));
  if (!text.trace.empty()) {
    const std::size_t count = text.trace.size();
    TracePiece* const pieces = made->is_counted() ? new TracePiece[count] : arena_.create_array<TracePiece>(count);
    std::copy(text.trace.begin(), text.trace.end(), pieces);
    if (made->is_counted()) arena_.charge(count * sizeof(TracePiece));
    made->pieces = pieces;
    made->piece_count = static_cast<std::uint32_t>(count);
  }
  return Value::text(made, type);
}

Value Heap::string_reference(std::string_view text) {
  return Value::text(arena_.create<Text>(Text{text.data(), text.size()}));
}

Value Heap::list(std::span<const Value> items, Type type) {
  List* const made = arena_.create<List>();
  made->items = items.empty() ? nullptr : arena_.create_array<Value>(items.size());
  made->size = items.size();
  std::copy(items.begin(), items.end(), made->items);
  return Value::list(made, type);
}

Value Heap::appended_list(std::span<const Value> items, Type type, std::size_t capacity) {
  const Value made = list(items, type);
  const_cast<List*>(made.list_payload())->zeros = appended_capacity(items.size(), type, capacity) - items.size();
  return made;
}

Value Heap::strings(std::span<const std::string_view> items, Type type) {
  std::vector<Value> values;
  values.reserve(items.size());
  for (const std::string_view item : items) values.push_back(string(item));
  return list(values, type);
}

Map* Heap::new_map() { return new (arena_.allocate(sizeof(Map), alignof(Map))) Map(*this); }

Value Heap::structure(const StructureType& type, std::span<const Value> fields) {
  Value* const copy = fields.empty() ? nullptr : arena_.create_array<Value>(fields.size());
  std::copy(fields.begin(), fields.end(), copy);
  return Value::structure(arena_.create<Structure>(Structure{&type, copy}));
}

const TracePiece* find_piece(std::span<const TracePiece> pieces, std::size_t at) {
  auto piece = std::upper_bound(pieces.begin(), pieces.end(), at,
                                [](std::size_t place, const TracePiece& next) { return place < next.begin; });
  while (piece != pieces.begin()) {
    --piece;
    if (piece->kind != PieceKind::slot) return &*piece;
  }
  return nullptr;
}

namespace {

/// What comes from the same place as the text before it goes on with it.
void push_piece(std::vector<TracePiece>& trace, const TracePiece& piece) {
  if (!trace.empty() && piece.kind == PieceKind::value) {
    const TracePiece& last = trace.back();
    if (last.kind == piece.kind && last.file == piece.file && last.position == piece.position &&
        last.origin == piece.origin && last.site == piece.site) {
      return;
    }
  }
  trace.push_back(piece);
}

}  // namespace

void append_trace(std::vector<TracePiece>& trace, std::size_t at, std::span<const TracePiece> pieces, std::size_t size,
                  std::size_t from, std::size_t to) {
  auto next = std::lower_bound(pieces.begin(), pieces.end(), from,
                               [](const TracePiece& piece, std::size_t place) { return piece.begin < place; });
  const auto starts_here = [&] {
    for (auto piece = next; piece != pieces.end() && piece->begin == from; ++piece) {
      if (piece->kind != PieceKind::slot) return true;
    }
    return false;
  };
  if (from < to && from > 0 && !starts_here()) {
    // The piece that the part begins within starts again at its first byte.
    const TracePiece* const covering = find_piece(pieces.first(static_cast<std::size_t>(next - pieces.begin())), from);
    if (covering != nullptr) {
      TracePiece piece = *covering;
      if (piece.kind == PieceKind::literal) piece.position += static_cast<std::uint32_t>(from) - piece.begin;
      piece.begin = static_cast<std::uint32_t>(at);
      push_piece(trace, piece);
    }
  }
  for (; next != pieces.end(); ++next) {
    if (next->begin >= to && !(next->kind == PieceKind::slot && to == size)) break;
    TracePiece piece = *next;
    piece.begin = static_cast<std::uint32_t>(at + (piece.begin - from));
    push_piece(trace, piece);
  }
}

void TracedText::append(const Value& part, std::size_t from, std::size_t count) {
  const std::string_view all = part.as_text();
  from = std::min(from, all.size());
  const std::string_view taken = all.substr(from, count);
  if (!part.trace().empty()) {
    append_trace(trace, text.size(), part.trace(), all.size(), from, from + taken.size());
  } else if (part.origin() != no_origin && !taken.empty()) {
    TracePiece piece;
    piece.begin = static_cast<std::uint32_t>(text.size());
    piece.origin = part.origin();
    push_piece(trace, piece);
  }
  text.append(taken);
}

// Walks with a list of what is left: the depth is the chart's choice.
void mark_all_read(OriginTable& origins, const Value& value, std::unordered_set<const void*>& done) {
  origins.mark_read(value.origin());
  if (!value.is_list() && !value.is_map()) return;
  std::vector<const Value*> open{&value};
  while (!open.empty()) {
    const Value& next = *open.back();
    open.pop_back();
    origins.mark_read(next.origin());
    if (next.is_list() && !next.as_list().empty()) {
      if (!done.insert(next.as_list().data()).second) continue;
      for (const Value& item : next.as_list()) open.push_back(&item);
    } else if (next.is_map() && next.as_map() != nullptr) {
      if (!done.insert(next.as_map()).second) continue;
      for (const Map::Entry& entry : next.as_map()->entries()) open.push_back(&entry.value);
    }
  }
}

bool is_all_in(const Heap& heap, const Value& value) {
  std::unordered_set<const void*> done;
  std::vector<const Value*> open{&value};
  while (!open.empty()) {
    const Value& next = *open.back();
    open.pop_back();
    if (next.is_list()) {
      for (const Value& item : next.as_list()) open.push_back(&item);
    } else if (next.is_map() && next.as_map() != nullptr && done.insert(next.as_map()).second) {
      if (&next.as_map()->heap() != &heap && !next.as_map()->frozen()) return false;
      for (const Map::Entry& entry : next.as_map()->entries()) open.push_back(&entry.value);
    }
  }
  return true;
}

void freeze(const Value& value) {
  if (value.is_list()) {
    for (const Value& item : value.as_list()) freeze(item);
  } else if (value.is_map() && value.as_map() != nullptr && !value.as_map()->frozen()) {
    value.as_map()->freeze();
    for (const Map::Entry& entry : value.as_map()->entries()) freeze(entry.value);
  }
}

Value deep_copy(Heap& heap, const Value& value) {
  if (value.is_text() && value.text_payload() != nullptr) {
    return heap.string(value.as_text(), value.type()).with_origin(value.origin());
  }
  if (value.is_list() && !value.is_nil_payload()) {
    std::vector<Value> items;
    items.reserve(value.as_list().size());
    for (const Value& item : value.as_list()) items.push_back(deep_copy(heap, item));
    const Value copy = heap.list(items, value.type()).with_origin(value.origin());
    keep_capacity(copy, value);
    return copy;
  }
  if (value.is_map() && value.as_map() != nullptr) {
    const Value copy = heap.map(value.type()).with_origin(value.origin());
    copy.as_map()->reserve(value.as_map()->size());
    for (const Map::Entry& entry : value.as_map()->entries()) {
      copy.as_map()->set(entry.key, deep_copy(heap, entry.value));
    }
    return copy;
  }
  return value;
}

bool is_true(const Value& value) {
  switch (value.rep()) {
    case Rep::nothing: return false;
    case Rep::boolean: return value.as_bool();
    case Rep::integer: return value.as_integer() != 0;
    case Rep::unsigned_integer: return value.as_unsigned() != 0;
    case Rep::floating: return value.as_double() != 0;
    case Rep::complex: return value.as_complex().real != 0 || value.as_complex().imaginary != 0;
    case Rep::text: return !value.as_text().empty();
    case Rep::list: return !value.as_list().empty();
    case Rep::map: return value.as_map() != nullptr && !value.as_map()->empty();
    case Rep::structure: return true;
  }
  return false;
}

}  // namespace rhumb
