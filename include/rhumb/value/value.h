// The dynamic value: 16 bytes, a Go type, a payload, an origin.
//
// Strings, lists and maps live in the Heap of a rendering and die with it. Strings above a size are counted instead and
// freed with their last Value, so that growing a string in a loop does not grow memory with its square; containers made
// in the heap never release what they hold. A heap that is frozen (charts, default values) makes no counted strings:
// its values may be copied by many threads.
//
// Three things are nil: the untyped nil (Type::nil), a nil slice (a list payload of null) and a nil map. Lists are
// immutable once made, maps are shared and mutable, as in Go.
#pragma once

#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "rhumb/base/arena.h"
#include "rhumb/base/limits.h"
#include "rhumb/value/origin.h"
#include "rhumb/value/type.h"

namespace rhumb {

class Heap;
class Map;
class Value;

/// Text in a heap.
struct Text {
  const char* data = nullptr;
  std::size_t size = 0;
  // The map from its bytes to templates and values, when tracing is on.
  const TracePiece* pieces = nullptr;
  std::uint32_t piece_count = 0;
  // 0: it lives as long as its heap. Else it is a CountedText, and this is one more than those that refer to it.
  mutable std::uint32_t references = 0;

  std::string_view view() const { return {data, size}; }
  std::span<const TracePiece> trace() const { return {pieces, piece_count}; }
  bool is_counted() const { return references != 0; }
};

/// Freed with the last value that refers to it, and at last by its heap, which has a list of all.
struct CountedText : Text {
  CountedText* previous = nullptr;
  CountedText* next = nullptr;
  Heap* owner = nullptr;
  std::uint16_t generation = 0;
};

struct List {
  Value* items = nullptr;
  std::size_t size = 0;
  // What lies behind the end, up to Go's capacity (value/capacity.h): items of the list that this one was cut out of,
  // then zero values.
  std::size_t hidden = 0;
  std::size_t zeros = 0;
};

class Value;

/// Describes a struct type of Go. Native payloads (time, semver) derive from Structure.
struct Structure;
struct StructureType {
  Type type;
  std::span<const std::string_view> fields;      // exported, in order of declaration
  std::span<const std::string_view> json_names;  // "" = left out; "name,omitempty"; empty span = not encoded by field
  /// What %v prints for the value itself; null: by field. `addressable`: the value sits behind a pointer, so that
  /// String methods with pointer receivers are found too.
  void (*print)(std::string& out, const Structure& value) = nullptr;
  bool prints_only_addressable = false;
  /// What encoding/json writes (a JSON text); null: by field. Returns what MarshalJSON complains about, if it does.
  std::string (*json)(std::string& out, const Structure& value) = nullptr;
  /// What %#v prints (a fmt.GoStringer); null: by field.
  void (*go_syntax)(std::string& out, const Structure& value) = nullptr;
  /// A native payload with its fields, made in the heap: what a verb that is not for text (%d) prints.
  Value (*laid_open)(Heap& heap, const Structure& value) = nullptr;
  bool is_nil_pointer = false;
};

struct Structure {
  const StructureType* type = nullptr;
  const Value* fields = nullptr;  // type->fields.size() of them
};

struct ComplexNumber {
  double real = 0;
  double imaginary = 0;
};

class Value {
 public:
  Value() noexcept : payload_{.integer = 0} {}
  Value(const Value& other) noexcept { copy_from(other); }
  Value(Value&& other) noexcept { take_from(other); }
  Value& operator=(const Value& other) noexcept {
    if (other.counted_) retain(other.payload_.text);
    if (counted_) release(payload_.text);
    copy_bits(other);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    if (this == &other) return *this;
    if (counted_) release(payload_.text);
    take_from(other);
    return *this;
  }
  ~Value() {
    if (counted_) release(payload_.text);
  }

  static Value boolean(bool value) { return Value(Type::boolean, Rep::boolean, {.boolean = value}); }
  static Value integer(std::int64_t value, Type type = Type::int_) {
    return Value(type, Rep::integer, {.integer = value});
  }
  static Value int64(std::int64_t value) { return integer(value, Type::int64); }
  static Value unsigned_integer(std::uint64_t value, Type type = Type::uint64) {
    return Value(type, Rep::unsigned_integer, {.unsigned_integer = value});
  }
  static Value floating(double value, Type type = Type::float64) {
    return Value(type, Rep::floating, {.floating = value});
  }
  static Value complex(const ComplexNumber* value) { return Value(Type::complex128, Rep::complex, {.complex = value}); }
  /// Type::string or Type::bytes. A null text with Type::bytes is a nil []uint8.
  static Value text(const Text* text, Type type = Type::string) {
    Value value(type, Rep::text, {.text = text});
    if (text != nullptr && text->is_counted()) {
      value.counted_ = true;
      retain(text);
    }
    return value;
  }
  /// Null: a nil slice.
  static Value list(const List* list, Type type = Type::slice_any) { return Value(type, Rep::list, {.list = list}); }
  /// Null: a nil map.
  static Value map(Map* map, Type type = Type::map_any) { return Value(type, Rep::map, {.map = map}); }
  static Value structure(const Structure* value) {
    return Value(value->type->type, Rep::structure, {.structure = value});
  }
  static Value nil_list(Type type = Type::slice_any) { return list(nullptr, type); }
  static Value nil_map(Type type = Type::map_any) { return map(nullptr, type); }

  Type type() const { return type_; }
  Rep rep() const { return rep_; }
  Kind kind() const { return type_info(type_).kind; }
  std::string_view type_name() const { return type_info(type_).name; }

  bool is_nil() const { return type_ == Type::nil; }
  bool is_bool() const { return rep_ == Rep::boolean; }
  bool is_string() const { return type_ == Type::string; }
  bool is_text() const { return rep_ == Rep::text; }
  bool is_list() const { return rep_ == Rep::list; }
  bool is_map() const { return rep_ == Rep::map; }
  bool is_structure() const { return rep_ == Rep::structure; }

  bool as_bool() const { return payload_.boolean; }
  std::int64_t as_integer() const { return payload_.integer; }
  std::uint64_t as_unsigned() const { return payload_.unsigned_integer; }
  double as_double() const { return payload_.floating; }
  const ComplexNumber& as_complex() const { return *payload_.complex; }
  std::string_view as_text() const { return payload_.text == nullptr ? std::string_view() : payload_.text->view(); }
  const Text* text_payload() const { return payload_.text; }
  const List* list_payload() const { return payload_.list; }
  std::span<const TracePiece> trace() const {
    return rep_ == Rep::text && payload_.text != nullptr ? payload_.text->trace() : std::span<const TracePiece>();
  }
  /// The elements of a list; empty for a nil slice.
  std::span<const Value> as_list() const {
    if (payload_.list == nullptr) return {};
    return {payload_.list->items, payload_.list->size};
  }
  bool is_nil_payload() const { return payload_.list == nullptr; }  // of a list, map or bytes
  Map* as_map() const { return payload_.map; }                      // null for a nil map
  const Structure& as_structure() const { return *payload_.structure; }

  OriginId origin() const { return origin_; }
  Value with_origin(OriginId origin) const {
    Value copy = *this;
    copy.origin_ = origin;
    return copy;
  }
  void set_origin(OriginId origin) { origin_ = origin; }

  /// The same payload under another named type of the same representation (map_any as values ...).
  Value with_type(Type type) const {
    assert(type_info(type).rep == rep_);
    Value copy = *this;
    copy.type_ = type;
    return copy;
  }

 private:
  union Payload {
    bool boolean;
    std::int64_t integer;
    std::uint64_t unsigned_integer;
    double floating;
    const ComplexNumber* complex;
    const Text* text;
    const List* list;
    Map* map;
    const Structure* structure;
  };

  Value(Type type, Rep rep, Payload payload) noexcept : payload_(payload), type_(type), rep_(rep) {}

  void copy_bits(const Value& other) noexcept {
    payload_ = other.payload_;
    origin_ = other.origin_;
    type_ = other.type_;
    rep_ = other.rep_;
    counted_ = other.counted_;
  }
  void copy_from(const Value& other) noexcept {
    copy_bits(other);
    if (counted_) retain(payload_.text);
  }
  void take_from(Value& other) noexcept {
    copy_bits(other);
    other.counted_ = false;
    other.type_ = Type::nil;
    other.rep_ = Rep::nothing;
  }
  static void retain(const Text* text) noexcept { ++text->references; }
  static void release(const Text* text) noexcept;

  Payload payload_;
  OriginId origin_ = no_origin;
  Type type_ = Type::nil;
  Rep rep_ = Rep::nothing;
  bool counted_ = false;
};

static_assert(sizeof(Value) == 16);

/// A map with string keys. Look-up by hash, iteration in sorted key order (bytewise). Shared and mutable until frozen.
class Map {
 public:
  struct Entry {
    std::string_view key;
    Value value;
  };

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// Null when the key is missing. Valid until the map changes.
  const Value* find(std::string_view key) const;
  /// The same, for changing the value in place.
  Value* find_mutable(std::string_view key);
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  /// Copies the key into the heap when it is new.
  void set(std::string_view key, Value value);
  /// The same with the text of a value as its key, as strval prints it.
  void set_printed(const Value& key, Value value);
  bool erase(std::string_view key);
  /// Room for so many entries in all, where there are none yet: what a map grows out of is lost until its heap goes.
  void reserve(std::size_t count);
  /// In sorted key order. Valid until the map changes.
  std::span<const Entry> entries() const;
  /// The same, for changing values in place.
  std::span<Entry> mutable_entries();
  /// No more changes: reading from several threads is safe from now on.
  void freeze();
  bool frozen() const { return frozen_; }
  const Heap& heap() const { return *heap_; }

 private:
  friend class Heap;
  friend class Arena;
  explicit Map(Heap& heap);

  static constexpr std::uint32_t none = UINT32_MAX;
  std::uint32_t locate(std::string_view key) const;
  void move_to(std::uint32_t capacity);
  void rebuild_index() const;
  void insert_index(std::uint32_t entry) const;
  void sort() const;
  void append(std::string_view own_key, Value value);
  void note_change();

  Heap* heap_;
  Entry* entries_ = nullptr;
  mutable std::uint32_t* index_ = nullptr;  // open addressing over entries_; only above a size
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
  mutable std::uint32_t index_size_ = 0;
  mutable bool sorted_ = true;
  bool frozen_ = false;
  std::uint16_t generation_;
};

static_assert(sizeof(Map) == 40);

/// Text that is put together from parts, with its trace.
struct TracedText {
  std::string text;
  std::vector<TracePiece> trace;

  void append(std::string_view part) { text.append(part); }
  /// Appends bytes [from, from + count) of a value's text with that part of its trace: slots go with the text behind
  /// them, those at the end with the end. Without a trace, the value's origin makes a piece.
  void append(const Value& part, std::size_t from = 0, std::size_t count = std::string_view::npos);
};

/// Appends the pieces of bytes [from, to) of another text of `size` bytes, as of text that begins at `at`.
void append_trace(std::vector<TracePiece>& trace, std::size_t at, std::span<const TracePiece> pieces, std::size_t size,
                  std::size_t from, std::size_t to);

/// The piece that byte `at` of a text belongs to: the last one that begins there or before and has text. Null for none.
const TracePiece* find_piece(std::span<const TracePiece> pieces, std::size_t at);

/// Makes values and owns them.
class Heap {
 public:
  struct Options {
    std::size_t limit_bytes = SIZE_MAX;
    /// Bytes of the longest string.
    std::size_t text_limit_bytes = SIZE_MAX;
    /// False for heaps whose values are shared by threads.
    bool counts_large_texts = true;
  };

  explicit Heap(Options options) : arena_(options.limit_bytes), options_(options) {}
  Heap() : Heap(Options{}) {}
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  Arena& arena() { return arena_; }

  /// Copies the text. Throws LimitError above the limit.
  Value string(std::string_view text, Type type = Type::string);
  Value string(TracedText&& text, Type type = Type::string);
  /// Takes the text as it is: it must live as long as the heap.
  Value string_reference(std::string_view text);
  Value bytes(std::string_view data) { return string(data, Type::bytes); }
  /// A list of copies of the items. An empty span gives an empty list, not a nil one.
  Value list(std::span<const Value> items, Type type = Type::slice_any);
  Value list(std::initializer_list<Value> items, Type type = Type::slice_any) {
    return list(std::span(items.begin(), items.size()), type);
  }
  /// The same for a list that Go fills by appending to one of that capacity, which leaves zero values behind its end:
  /// every list out of YAML, JSON or a function that collects.
  Value appended_list(std::span<const Value> items, Type type = Type::slice_any, std::size_t capacity = 0);
  Value strings(std::span<const std::string_view> items, Type type = Type::slice_string);
  Map* new_map();
  /// A map of its own with the entries of another one. Keys and values are not copied: what they lie in must live on.
  Map* new_map(const Map& entries);
  Value map(Type type = Type::map_any) { return Value::map(new_map(), type); }
  Value complex(double real, double imaginary) {
    return Value::complex(arena_.create<ComplexNumber>(ComplexNumber{real, imaginary}));
  }
  Value structure(const StructureType& type, std::span<const Value> fields);

  /// What is made from now on is for a piece of work that leaves no values behind.
  void begin_work();
  /// Takes all of that back, unless something older was changed and may refer to it: a map notes that by itself. Values
  /// of this heap must be gone, but for those that are older. True when it did.
  bool end_work();
  /// To be called where the fields of a struct that may be older are changed in place.
  void keep_work() { changed_older_ = true; }

 private:
  friend class Value;
  friend class Map;
  const Text* new_text(std::string_view text);
  void free_text(const CountedText* text);
  /// A copy of a map's key. The same long one is kept once: charts make their whole context a key by mistake, again and
  /// again.
  std::string_view key(std::string_view text);
  std::string_view key(std::string&& text);

  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
  };

  Arena arena_;
  Options options_;
  CountedText* counted_ = nullptr;
  std::unordered_set<std::string, KeyHash, std::equal_to<>> long_keys_;
  std::uint16_t generation_ = 0;  // of what is made now: the number of pieces of work so far
  bool works_ = false;
  bool changed_older_ = false;
  Arena::Mark before_work_{};
  std::vector<std::string_view> new_long_keys_;  // since the work began
  std::string_view last_long_key_;
};

inline Map::Map(Heap& heap) : heap_(&heap), generation_(heap.generation_) {}

/// Notes that the value and everything below it was read. `done`: lists and maps for which that was noted already.
void mark_all_read(OriginTable& origins, const Value& value, std::unordered_set<const void*>& done);

/// Freezes every map below the value.
void freeze(const Value& value);

/// Whether every map below the value lies in that heap, or cannot be changed.
bool is_all_in(const Heap& heap, const Value& value);

/// A copy of every map and list below the value, in another heap or the same; types and origins stay.
/// Strings are copied too when the heap differs. As helm's internal/copystructure.
Value deep_copy(Heap& heap, const Value& value);

/// As reflect.DeepEqual: types must be the same, a nil slice is no empty slice, NaN is not NaN.
bool deep_equal(const Value& a, const Value& b);

/// As template.IsTrue: false for nil, false, 0, "", and what is empty; structs are true.
bool is_true(const Value& value);

}  // namespace rhumb
