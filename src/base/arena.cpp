#include "rhumb/base/arena.h"

#include <algorithm>
#include <cstring>

#include "rhumb/base/limits.h"

namespace rhumb {
namespace {

#ifdef RHUMB_STRESS
constexpr std::size_t first_block = 64;
constexpr std::size_t largest_block = 64;
#else
constexpr std::size_t first_block = 2 << 10;  // every template has an arena, and most are small
constexpr std::size_t largest_block = 1 << 20;
#endif

}  // namespace

void* Arena::allocate_slow(std::size_t size, std::size_t align) {
  const std::size_t grown = std::min(largest_block, first_block << std::min<std::size_t>(blocks_.size(), 10));
  if (size > limit_) throw LimitError("the memory limit of " + std::to_string(limit_) + " bytes is exceeded");
  const std::size_t bytes = std::max(grown, size + align);
  charge(bytes);
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(bytes));
  std::byte* const block = blocks_.back().get();
  std::byte* const at = aligned(block, align);
  // A request larger than a usual block keeps the current block in use: what is left of it is not lost.
  if (bytes > grown && cursor_ != nullptr) return at;
  cursor_ = at + size;
  end_ = block + bytes;
  return at;
}

void Arena::charge(std::size_t bytes) {
  if (bytes > limit_ || used_ > limit_ - bytes) {
    throw LimitError("the memory limit of " + std::to_string(limit_) + " bytes is exceeded");
  }
  used_ += bytes;
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  char* const data = static_cast<char*>(allocate(text.size(), 1));
  std::memcpy(data, text.data(), text.size());
  return {data, text.size()};
}

}  // namespace rhumb
