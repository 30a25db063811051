// As reflect.DeepEqual, with a list of what is still to compare instead of recursion. Pairs of maps and lists that were
// met before count as equal: values may share parts, or contain themselves.
#include <cstddef>
#include <functional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "rhumb/value/value.h"

namespace rhumb {
namespace {

class Comparison {
 public:
  bool equal(const Value& a, const Value& b) {
    if (!equal_heads(a, b)) return false;
    while (!open_.empty()) {
      const auto [x, y] = open_.back();
      open_.pop_back();
      if (!equal_heads(*x, *y)) return false;
    }
    return true;
  }

 private:
  using Pair = std::pair<const void*, const void*>;
  struct PairHash {
    std::size_t operator()(const Pair& pair) const {
      return std::hash<const void*>()(pair.first) * 31 + std::hash<const void*>()(pair.second);
    }
  };
  // Few values are that large; remembering pairs before would cost more than it saves.
  static constexpr std::size_t remembered_from = 256;

  bool seen(const void* a, const void* b) { return ++pairs_ > remembered_from && !seen_.insert({a, b}).second; }

  // Everything but the elements, which are left for later.
  bool equal_heads(const Value& a, const Value& b) {
    if (a.type() != b.type()) return false;
    switch (a.rep()) {
      case Rep::nothing: return true;
      case Rep::boolean: return a.as_bool() == b.as_bool();
      case Rep::integer: return a.as_integer() == b.as_integer();
      case Rep::unsigned_integer: return a.as_unsigned() == b.as_unsigned();
      case Rep::floating: return a.as_double() == b.as_double();
      case Rep::complex:
        return a.as_complex().real == b.as_complex().real && a.as_complex().imaginary == b.as_complex().imaginary;
      case Rep::text:
        if (a.type() == Type::bytes && a.is_nil_payload() != b.is_nil_payload()) return false;
        return a.as_text() == b.as_text();
      case Rep::list: return equal_lists(a, b);
      case Rep::map: return equal_maps(a, b);
      case Rep::structure: return equal_structures(a.as_structure(), b.as_structure());
    }
    return false;
  }

  bool equal_lists(const Value& a, const Value& b) {
    if (a.is_nil_payload() != b.is_nil_payload()) return false;
    const auto x = a.as_list();
    const auto y = b.as_list();
    if (x.size() != y.size()) return false;
    if (x.data() == y.data() || seen(x.data(), y.data())) return true;
    for (std::size_t i = 0; i < x.size(); ++i) open_.emplace_back(&x[i], &y[i]);
    return true;
  }

  bool equal_maps(const Value& a, const Value& b) {
    const Map* const x = a.as_map();
    const Map* const y = b.as_map();
    if (x == y) return true;
    if (x == nullptr || y == nullptr || x->size() != y->size()) return false;
    if (seen(x, y)) return true;
    const auto left = x->entries();
    const auto right = y->entries();
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (left[i].key != right[i].key) return false;
      open_.emplace_back(&left[i].value, &right[i].value);
    }
    return true;
  }

  bool equal_structures(const Structure& a, const Structure& b) {
    if (&a == &b) return true;
    if (a.type->print != nullptr && a.fields == nullptr) {
      // A native payload: equal when it prints the same.
      std::string x;
      std::string y;
      a.type->print(x, a);
      a.type->print(y, b);
      return x == y;
    }
    for (std::size_t i = 0; i < a.type->fields.size(); ++i) open_.emplace_back(&a.fields[i], &b.fields[i]);
    return true;
  }

  std::vector<std::pair<const Value*, const Value*>> open_;
  std::unordered_set<Pair, PairHash> seen_;
  std::size_t pairs_ = 0;
};

}  // namespace

bool deep_equal(const Value& a, const Value& b) { return Comparison().equal(a, b); }

}  // namespace rhumb
