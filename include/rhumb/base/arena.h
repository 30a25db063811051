// A bump allocator. What is made in it lives until the arena dies or goes back to an earlier state; destructors do not
// run. The bytes are counted against a limit. Not for use by several threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace rhumb {

class Arena {
 public:
  explicit Arena(std::size_t limit_bytes = SIZE_MAX) : limit_(limit_bytes) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Throws LimitError when the limit is passed.
  void* allocate(std::size_t size, std::size_t align) {
    std::byte* at = aligned(cursor_, align);
    if (cursor_ == nullptr || size > static_cast<std::size_t>(end_ - at) || at > end_)
      return allocate_slow(size, align);
    cursor_ = at + size;
    return at;
  }

  template <typename T, typename... Args>
  T* create(Args&&... args) {
    return new (allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
  }

  template <typename T>
  T* create_array(std::size_t count) {
    T* items = static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
    for (std::size_t i = 0; i < count; ++i) new (items + i) T();
    return items;
  }

  /// A copy of the text that lives as long as the arena.
  std::string_view copy(std::string_view text);

  /// How far the arena is.
  struct Mark {
    std::byte* cursor;
    std::byte* end;
    std::size_t blocks;
  };
  Mark mark();
  /// Takes back all that was made since the mark. Keeps the blocks for what comes next, but for large ones.
  void rewind(const Mark& mark);

  /// Bytes taken so far, with what was charged from outside.
  std::size_t used() const { return used_; }
  /// Counts memory that is kept elsewhere but belongs to the same budget.
  void charge(std::size_t bytes);
  void discharge(std::size_t bytes) { used_ -= bytes; }

 private:
  static std::byte* aligned(std::byte* at, std::size_t align) {
    const auto value = reinterpret_cast<std::uintptr_t>(at);
    return at + ((align - value % align) % align);
  }
  void* allocate_slow(std::size_t size, std::size_t align);

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };

  std::byte* cursor_ = nullptr;
  std::byte* end_ = nullptr;
  std::size_t limit_;
  std::size_t used_ = 0;
  std::vector<Block> blocks_;
  std::vector<Block> spare_;  // that were taken back, the last one of them first
};

}  // namespace rhumb
