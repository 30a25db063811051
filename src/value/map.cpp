// Map: entries in one array, appended as they come and sorted when somebody iterates; an index above a size.
#include <algorithm>
#include <functional>
#include <memory>

#include "rhumb/value/go_print.h"
#include "rhumb/value/value.h"

namespace rhumb {
namespace {

constexpr std::uint32_t indexed_from = 12;

/// Bytes of a key of which a heap keeps one copy.
#ifdef RHUMB_STRESS
constexpr std::size_t long_key = 4;
#else
constexpr std::size_t long_key = 4096;
#endif

std::size_t hash_of(std::string_view key) { return std::hash<std::string_view>()(key); }

}  // namespace

Map* Heap::new_map(const Map& entries) {
  Map* const map = new_map();
  const std::span<const Map::Entry> from = entries.entries();
  if (from.empty()) return map;
  map->entries_ = static_cast<Map::Entry*>(arena_.allocate(from.size_bytes(), alignof(Map::Entry)));
  std::uninitialized_copy(from.begin(), from.end(), map->entries_);
  map->size_ = map->capacity_ = static_cast<std::uint32_t>(from.size());
  if (map->size_ >= indexed_from) map->rebuild_index();
  return map;
}

std::string_view Heap::key(std::string_view text) {
  if (text.size() < long_key) return arena_.copy(text);
  if (const auto kept = long_keys_.find(text); kept != long_keys_.end()) return *kept;
  return key(std::string(text));
}

std::string_view Heap::key(std::string&& text) {
  if (text.size() < long_key) return arena_.copy(text);
  const auto [kept, is_new] = long_keys_.insert(std::move(text));
  if (is_new) {
    arena_.charge(kept->size());
    if (works_) new_long_keys_.push_back(*kept);
  }
  last_long_key_ = *kept;
  return *kept;
}

std::uint32_t Map::locate(std::string_view key) const {
  if (index_ == nullptr) {
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (entries_[i].key == key) return i;
    }
    return none;
  }
  const std::uint32_t mask = index_size_ - 1;
  for (auto slot = static_cast<std::uint32_t>(hash_of(key)) & mask;; slot = (slot + 1) & mask) {
    const std::uint32_t entry = index_[slot];
    if (entry == none || entries_[entry].key == key) return entry;
  }
}

const Value* Map::find(std::string_view key) const {
  const std::uint32_t at = locate(key);
  return at == none ? nullptr : &entries_[at].value;
}

Value* Map::find_mutable(std::string_view key) {
  note_change();
  const std::uint32_t at = locate(key);
  return at == none ? nullptr : &entries_[at].value;
}

void Map::note_change() {
  if (generation_ != heap_->generation_) heap_->changed_older_ = true;
}

void Map::set(std::string_view key, Value value) {
  assert(!frozen_);
  if (Value* const old = find_mutable(key)) {
    *old = std::move(value);
  } else {
    append(heap_->key(key), std::move(value));
  }
}

void Map::set_printed(const Value& key, Value value) {
  assert(!frozen_);
  const std::string_view known = heap_->last_long_key_;
  std::string text;
  const bool is_known = strval_or_known(text, key, known);
  if (Value* const old = find_mutable(is_known ? known : text)) {
    *old = std::move(value);
  } else {
    append(is_known ? known : heap_->key(std::move(text)), std::move(value));
  }
}

void Map::append(std::string_view own_key, Value value) {
  if (size_ == capacity_) move_to(capacity_ == 0 ? 4 : capacity_ * 2);
  if (size_ > 0 && sorted_) sorted_ = entries_[size_ - 1].key < own_key;
  new (&entries_[size_]) Entry{own_key, std::move(value)};
  ++size_;
  if (index_ != nullptr) {
    insert_index(size_ - 1);
  } else if (size_ >= indexed_from) {
    rebuild_index();
  }
}

bool Map::erase(std::string_view key) {
  assert(!frozen_);
  const std::uint32_t at = locate(key);
  if (at == none) return false;
  std::move(entries_ + at + 1, entries_ + size_, entries_ + at);
  --size_;
  entries_[size_].~Entry();
  if (index_ != nullptr) rebuild_index();
  return true;
}

std::span<const Map::Entry> Map::entries() const {
  if (!sorted_) sort();
  return {entries_, size_};
}

std::span<Map::Entry> Map::mutable_entries() {
  note_change();
  if (!sorted_) sort();
  return {entries_, size_};
}

void Map::freeze() {
  if (!sorted_) sort();
  frozen_ = true;
}

void Map::sort() const {
  std::sort(entries_, entries_ + size_, [](const Entry& a, const Entry& b) { return a.key < b.key; });
  sorted_ = true;
  if (index_ != nullptr) rebuild_index();
}

void Map::reserve(std::size_t count) {
  assert(!frozen_);
  note_change();
  if (capacity_ == 0 && count > 0 && count < none) move_to(static_cast<std::uint32_t>(count));
}

void Map::move_to(std::uint32_t capacity) {
  auto* const entries = static_cast<Entry*>(heap_->arena().allocate(sizeof(Entry) * capacity, alignof(Entry)));
  for (std::uint32_t i = 0; i < size_; ++i) {
    new (&entries[i]) Entry{entries_[i].key, std::move(entries_[i].value)};
    entries_[i].~Entry();
  }
  entries_ = entries;
  capacity_ = capacity;
  if (index_ != nullptr) rebuild_index();
}

void Map::rebuild_index() const {
  if (index_size_ < capacity_ * 2) {
    index_size_ = 32;
    while (index_size_ < capacity_ * 2) index_size_ *= 2;
    index_ = static_cast<std::uint32_t*>(
        heap_->arena().allocate(sizeof(std::uint32_t) * index_size_, alignof(std::uint32_t)));
  }
  std::fill(index_, index_ + index_size_, none);
  for (std::uint32_t i = 0; i < size_; ++i) insert_index(i);
}

void Map::insert_index(std::uint32_t entry) const {
  const std::uint32_t mask = index_size_ - 1;
  auto slot = static_cast<std::uint32_t>(hash_of(entries_[entry].key)) & mask;
  while (index_[slot] != none) slot = (slot + 1) & mask;
  index_[slot] = entry;
}

}  // namespace rhumb
