// Room for the arguments of the calls under way. Blocks never move: a body may hold its arguments while templates that
// it executes make calls of their own.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "rhumb/value/value.h"

namespace rhumb::gotmpl {

class ArgumentStack {
 public:
  /// The arguments of one call, released in reverse order of making.
  class Frame {
   public:
    Frame(ArgumentStack& stack, std::size_t count) : stack_(stack), block_(stack.current_), used_(stack.used_) {
      values_ = {stack.take(count), count};
    }
    ~Frame() {
      for (Value& value : values_) value = Value();
      stack_.current_ = block_;
      stack_.used_ = used_;
    }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    Value& operator[](std::size_t index) { return values_[index]; }
    std::span<const Value> values() const { return values_; }

   private:
    ArgumentStack& stack_;
    std::span<Value> values_;
    std::size_t block_;
    std::size_t used_;
  };

 private:
#ifdef RHUMB_STRESS
  static constexpr std::size_t usual_block = 1;
#else
  static constexpr std::size_t usual_block = 512;
#endif

  struct Block {
    std::unique_ptr<Value[]> values;
    std::size_t size = 0;
  };

  Value* take(std::size_t count) {
    if (current_ >= blocks_.size() || blocks_[current_].size - used_ < count) next_block(count);
    Value* const first = blocks_[current_].values.get() + used_;
    used_ += count;
    return first;
  }

  /// Blocks above the current one are empty: one that is too small is replaced.
  void next_block(std::size_t count) {
    if (current_ < blocks_.size()) ++current_;
    const std::size_t size = count > usual_block ? count : usual_block;
    if (current_ == blocks_.size()) {
      blocks_.push_back({std::make_unique<Value[]>(size), size});
    } else if (blocks_[current_].size < count) {
      blocks_[current_] = {std::make_unique<Value[]>(size), size};
    }
    used_ = 0;
  }

  std::vector<Block> blocks_;
  std::size_t current_ = 0;
  std::size_t used_ = 0;
};

}  // namespace rhumb::gotmpl
