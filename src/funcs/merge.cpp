// merge and mergeOverwrite, as mergo 1.0.1 merges maps: keys that are missing or empty in the destination are filled
// (with overwrite all of them), maps on both sides are merged in place, everything else is shared with the source.
//
// Walks with a stack of its own: the depth of values is the chart's choice.
#include <array>
#include <optional>
#include <string>

#include "funcs/families.h"
#include "funcs/support/coercion.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;

constexpr std::size_t deepest = 100'000;

// What mergo returns as error, as opposed to what it panics with: merge gives "" for it, mustMerge fails.
struct MergeError {
  std::string message;
};

// As mergo's isEmptyValue.
bool empty_for_merge(const Value& value) { return value.rep() != Rep::complex && is_empty(value); }

bool is_struct(const Value& value) { return value.kind() == Kind::structure; }
bool is_pointer(const Value& value) { return value.kind() == Kind::pointer; }

bool is_exported(std::string_view field) { return !field.empty() && field[0] >= 'A' && field[0] <= 'Z'; }

bool has_exported_fields(const Value& value) {
  const std::span<const std::string_view> fields = value.as_structure().type->fields;
  return !fields.empty() && is_exported(fields[0]);
}

std::size_t count_of_fields(const Value& value) {
  constexpr std::size_t fields_of_time = 3;
  return value.type() == Type::time ? fields_of_time : value.as_structure().type->fields.size();
}

FunctionError wrong_receiver(std::string_view method, Kind kind) {
  return {"reflect: call of reflect.Value." + std::string(method) + " on " + std::string(kind_name(kind)) + " Value"};
}

// A struct in a map cannot be set, but mergo walks the fields of both sides before it finds out.
void check_fields(const Value& to, const Value& from) {
  if (!has_exported_fields(to)) return;
  if (!is_struct(from)) throw wrong_receiver("Field", from.kind());
  if (count_of_fields(from) < count_of_fields(to)) throw FunctionError{"reflect: Field index out of range"};
}

std::string_view pointed_to(const Value& value) { return value.type_name().substr(1); }

// What stands behind a pointer can be set: a version takes over the other one's fields.
void merge_pointers(Heap& heap, const Value& to, const Value& from, bool overwrite) {
  if (to.type() == from.type()) {
    if (!overwrite || has_exported_fields(to)) return;
    heap.keep_work();
    Value* const fields = const_cast<Value*>(to.as_structure().fields);
    for (std::size_t i = 0; i < to.as_structure().type->fields.size(); ++i) fields[i] = from.as_structure().fields[i];
    return;
  }
  if (has_exported_fields(to)) throw wrong_receiver("Field", from.type() == Type::semver ? Kind::uint64 : Kind::string);
  if (overwrite) {
    throw FunctionError{"reflect.Set: value of type " + std::string(pointed_to(from)) + " is not assignable to type " +
                        std::string(pointed_to(to))};
  }
}

void merge_into_pointer(Heap& heap, const Value& to, const Value& from, bool overwrite) {
  if (is_pointer(from)) return merge_pointers(heap, to, from, overwrite);
  if (!overwrite && pointed_to(to) != from.type_name()) throw MergeError{"src and dst must be of same type"};
}

// A map that is being merged into another one, key by key.
class MapMerge {
 public:
  MapMerge(const Value& to, const Value& from) : to_(to), from_(from) {
    for (const Map::Entry& entry : from.as_map()->entries()) keys_.push_back(entry.key);
  }

  bool done() const { return at_ == keys_.size(); }
  bool halfway() const { return halfway_; }

  /// The first half of a key: gives the maps below it that have to be merged before the second half.
  std::optional<MapMerge> begin_key(Heap& heap, bool overwrite);
  /// The second half: the source's value takes the place of what is missing or empty.
  void end_key(CallContext& context, bool overwrite);

 private:
  void record_override(OriginTable& origins) const;
  static bool is_sequence(const Value& value) { return is_slice(value.type()); }

  std::optional<MapMerge> descend(Heap& heap, bool overwrite) const;
  void merge_list(Heap& heap, bool overwrite);
  void assign(const Value& value, std::string_view type) const;
  /// The static type of the source's elements.
  std::string_view source_type() const { return type_info(type_info(from_.type()).element).name; }
  void next() {
    halfway_ = false;
    ++at_;
  }

  Value to_;
  Value from_;
  std::vector<std::string_view> keys_;
  std::size_t at_ = 0;
  bool halfway_ = false;
  // Both sides of the key that is being merged.
  Value source_;
  std::optional<Value> target_;
};

// As reflect's SetMapIndex: a map[string]string takes strings only.
void MapMerge::assign(const Value& value, std::string_view type) const {
  const std::string_view element = type_info(type_info(to_.type()).element).name;
  if (element != "interface {}" && element != type) {
    throw FunctionError{"reflect.Value.SetMapIndex: value of type " + std::string(type) +
                        " is not assignable to type " + std::string(element)};
  }
  to_.as_map()->set(keys_[at_], value);
}

std::optional<MapMerge> MapMerge::begin_key(Heap& heap, bool overwrite) {
  halfway_ = true;
  const Value* const found = std::as_const(*from_.as_map()).find(keys_[at_]);
  source_ = found != nullptr ? *found : Value();
  const Value* const old = std::as_const(*to_.as_map()).find(keys_[at_]);
  target_ = old != nullptr ? std::optional<Value>(*old) : std::nullopt;
  if (source_.is_nil() || (from_.type() == Type::files && source_.is_nil_payload())) {
    if (found != nullptr && overwrite) assign(source_, source_type());
    next();
    return std::nullopt;
  }
  if (is_sequence(source_)) {
    merge_list(heap, overwrite);
  } else if (source_.is_map() || source_.is_structure()) {
    return descend(heap, overwrite);
  }
  return std::nullopt;
}

// As deepMerge of both values; what it would only set in vain is left out.
std::optional<MapMerge> MapMerge::descend(Heap& heap, bool overwrite) const {
  if (!target_ || target_->is_nil()) return std::nullopt;
  if (target_->is_map()) {
    if (target_->as_map() == nullptr && is_struct(source_)) throw wrong_receiver("IsNil", Kind::structure);
    if (target_->as_map() != nullptr && source_.is_map() && source_.as_map() != nullptr) {
      return MapMerge(*target_, source_);
    }
  } else if (is_struct(*target_)) {
    check_fields(*target_, source_);
  } else if (is_pointer(*target_) && !(source_.is_map() && source_.as_map() == nullptr)) {
    merge_into_pointer(heap, *target_, source_, overwrite);
  }
  return std::nullopt;
}

void MapMerge::merge_list(Heap& heap, bool overwrite) {
  if (target_ && to_.type() == Type::map_string) throw wrong_receiver("IsNil", Kind::string);
  if (overwrite || to_.as_map()->empty()) {
    assign(source_, source_.type_name());
  } else if (!target_ || target_->is_nil()) {
    const Value none = source_.is_list() ? heap.list({}, source_.type()) : heap.bytes("");
    assign(none, source_.type_name());
  }
}

// Both sides have the key: what is there now won over the other one.
void MapMerge::record_override(OriginTable& origins) const {
  Value* const now = to_.as_map()->find_mutable(keys_[at_]);
  if (now == nullptr || now->origin() == no_origin || (source_.is_map() && target_->is_map())) return;
  const OriginId loser = now->origin() == source_.origin() ? target_->origin() : source_.origin();
  const Origin& known = origins.get(now->origin());
  if (known.kind == OriginKind::override_ && known.parts[1] == loser) return;
  now->set_origin(origins.add_override(now->origin(), loser));
}

void MapMerge::end_key(CallContext& context, bool overwrite) {
  const bool filled = target_ && !empty_for_merge(*target_);
  const bool settled = filled && (is_sequence(source_) || (source_.is_map() && target_->is_map()));
  if (!settled && (overwrite || !filled)) assign(source_, source_type());
  if (context.tracing() && target_) record_override(*context.origins);
  next();
}

// The keys are counted: maps that share maps below them, or contain themselves, are longer than they are large.
class Merger {
 public:
  Merger(CallContext& context, bool overwrite) : context_(context), overwrite_(overwrite) {}

  Value merge(Args args) {
    Value to = args[0];
    for (const Value& from : args.subspan(1)) {
      if (from.as_map() == nullptr) continue;
      if (to.as_map() == nullptr) to = context_.heap.map();
      merge_maps(to, from);
    }
    return to;
  }

 private:
  void merge_maps(const Value& to, const Value& from) {
    std::vector<MapMerge> stack;
    stack.emplace_back(to, from);
    while (!stack.empty()) {
      MapMerge& top = stack.back();
      if (top.halfway()) {
        top.end_key(context_, overwrite_);
      } else if (top.done()) {
        stack.pop_back();
      } else {
        count_key();
        std::optional<MapMerge> below = top.begin_key(context_.heap, overwrite_);
        if (!below) continue;
        if (stack.size() == deepest) throw LimitError("merge: maps are nested more than 100000 levels deep");
        stack.push_back(*std::move(below));
      }
    }
  }

  void count_key() {
    if (++keys_ > context_.limits.list_elements) {
      throw LimitError("merge: more than " + std::to_string(context_.limits.list_elements) + " keys in one call");
    }
  }

  CallContext& context_;
  bool overwrite_;
  std::uint64_t keys_ = 0;
};

template <bool overwrite>
Value merge(CallContext& context, Args args) {
  try {
    return Merger(context, overwrite).merge(args);
  } catch (const MergeError&) {
    return context.string("");
  }
}

template <bool overwrite>
Value must_merge(CallContext& context, Args args) {
  try {
    return Merger(context, overwrite).merge(args);
  } catch (const MergeError& error) {
    throw FunctionError{error.message};
  }
}

constexpr Signature signature = Signature::variadic_of({Type::map_any, Type::map_any}, Type::interface);

constexpr auto table = std::to_array<gotmpl::Function>({
    {"merge", signature, merge<false>, gotmpl::Reading::changes},
    {"mustMerge", signature, must_merge<false>, gotmpl::Reading::changes},
    {"mergeOverwrite", signature, merge<true>, gotmpl::Reading::changes},
    {"mustMergeOverwrite", signature, must_merge<true>, gotmpl::Reading::changes},
});

}  // namespace

const std::span<const gotmpl::Function> merge_functions = table;

}  // namespace rhumb::funcs
