// The members or items that no keyword has looked at yet, for unevaluatedProperties and unevaluatedItems.
#pragma once

#include <cstdint>
#include <vector>

#include "jsonschema/schema.h"

namespace rhumb::jsonschema {

class Unevaluated {
 public:
  /// As unevalFrom: nothing is kept when nobody asks for it.
  Unevaluated(const Node& value, const Schema& schema, bool caller_needs) {
    if (value.is_object()) {
      const bool needed = caller_needs || schema.unevaluated_properties != nullptr;
      if (!schema.all_members_evaluated && needed) left_.assign(value.members.size(), 1);
      count_ = left_.size();
    } else if (value.is(NodeKind::array)) {
      const bool needed = caller_needs || schema.unevaluated_items != nullptr;
      if (schema.all_items_evaluated || !needed || schema.items_evaluated >= value.items.size()) return;
      left_.assign(value.items.size(), 1);
      count_ = left_.size();
      for (std::size_t i = 0; i < schema.items_evaluated; ++i) evaluate(i);
    }
  }

  bool is_empty() const { return count_ == 0; }
  bool contains(std::size_t index) const { return index < left_.size() && left_[index] != 0; }

  void evaluate(std::size_t index) {
    if (!contains(index)) return;
    left_[index] = 0;
    --count_;
  }

  /// What a schema for the same value left over is left over.
  void merge(const Unevaluated& other) {
    if (is_empty()) return;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      if (!other.contains(i)) evaluate(i);
    }
  }

  void clear() {
    left_.clear();
    count_ = 0;
  }

 private:
  std::vector<std::uint8_t> left_;
  std::size_t count_ = 0;
};

}  // namespace rhumb::jsonschema
