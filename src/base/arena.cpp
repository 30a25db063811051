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

/// Whether what is taken back is given to the system at once, so that nobody uses it unnoticed.
#if defined(RHUMB_STRESS) || defined(__SANITIZE_ADDRESS__)
constexpr bool frees_all = true;
#elif defined(__has_feature)
constexpr bool frees_all = __has_feature(address_sanitizer);
#else
constexpr bool frees_all = false;
#endif

}  // namespace

void* Arena::allocate_slow(std::size_t size, std::size_t align) {
  const std::size_t grown = std::min(largest_block, first_block << std::min<std::size_t>(blocks_.size(), 10));
  if (size > limit_) throw LimitError("the memory limit of " + std::to_string(limit_) + " bytes is exceeded");
  const bool is_large = size + align > grown;
  const bool reuses = !is_large && !spare_.empty() && spare_.back().size >= grown;
  const std::size_t bytes = reuses ? spare_.back().size : std::max(grown, size + align);
  charge(bytes);
  if (reuses) {
    blocks_.push_back(std::move(spare_.back()));
    spare_.pop_back();
  } else {
    blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(bytes), bytes});
  }
  std::byte* const block = blocks_.back().bytes.get();
  std::byte* const at = aligned(block, align);
  // A request larger than a usual block keeps the current block in use: what is left of it is not lost.
  if (is_large && cursor_ != nullptr) return at;
  cursor_ = at + size;
  end_ = block + bytes;
  return at;
}

Arena::Mark Arena::mark() {
  const Mark mark{cursor_, end_, blocks_.size()};
  if (frees_all) cursor_ = end_ = nullptr;
  return mark;
}

void Arena::rewind(const Mark& mark) {
  while (blocks_.size() > mark.blocks) {
    used_ -= blocks_.back().size;
    if (!frees_all && blocks_.back().size <= largest_block) spare_.push_back(std::move(blocks_.back()));
    blocks_.pop_back();
  }
  cursor_ = mark.cursor;
  end_ = mark.end;
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
