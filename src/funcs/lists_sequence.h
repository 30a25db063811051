// Any list of a template, element by element: sprig's list functions take slices of every type, []byte among them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "rhumb/gotmpl/function_table.h"
#include "rhumb/value/value.h"

namespace rhumb::funcs {

class Sequence {
 public:
  /// Throws FunctionError for nil (Go's panic) and for what is no list: `complaint` and the kind ("Cannot find first on
  /// type string").
  Sequence(const Value& list, std::string_view complaint);

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Value operator[](std::size_t i) const {
    return bytes_ != nullptr ? Value::unsigned_integer(static_cast<unsigned char>(bytes_[i]), Type::uint8) : items_[i];
  }
  /// Elements [from, to).
  std::vector<Value> items(std::size_t from, std::size_t to) const;
  std::vector<Value> items() const { return items(0, size_); }

 private:
  const Value* items_ = nullptr;
  const char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

/// What Go says when nil is used as if it were something.
gotmpl::FunctionError nil_dereference();

/// As sprig's slice: a part of a list, up to Go's capacity. Throws FunctionError when the bounds do not fit.
Value part_of_list(Heap& heap, const Value& list, std::int64_t from, std::int64_t to);

}  // namespace rhumb::funcs
