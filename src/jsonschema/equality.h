// When two values are equal, and whether a list has equal items.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "jsonschema/document.h"

namespace rhumb::jsonschema {

/// Counts what a validation costs. Throws LimitError.
class Effort {
 public:
  explicit Effort(std::uint64_t limit) : limit_(limit) {}
  void step(std::uint64_t count = 1) {
    used_ += count;
    if (used_ > limit_) fail();
  }

 private:
  [[noreturn]] void fail() const;
  std::uint64_t limit_;
  std::uint64_t used_ = 0;
};

/// `strange` is a value that is not JSON, met on the way; such values are in neither case equal.
struct Comparison {
  bool equal = false;
  const Node* strange = nullptr;

  bool decided() const { return equal || strange != nullptr; }
};

/// As equals of the library.
Comparison compare(const Node& a, const Node& b, Effort& effort);

struct Duplicates {
  std::size_t first = 0;
  std::size_t second = 0;
  const Node* strange = nullptr;
};

/// As duplicates of the library. Nullopt: all items differ.
std::optional<Duplicates> find_duplicates(std::span<const Node> items, Effort& effort);

}  // namespace rhumb::jsonschema
