#include "rhumb/base/stack.h"

#include <pthread.h>

#include <cstdint>
#include <string>

#include "rhumb/base/limits.h"

namespace rhumb {
namespace {

// Enough for what a step of a recursion calls before it checks again, the handling of the error among it.
constexpr std::size_t reserve = 256 << 10;

std::uintptr_t find_stack_end() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  void* lowest = nullptr;
  std::size_t size = 0;
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  return reinterpret_cast<std::uintptr_t>(lowest);
}

}  // namespace

std::size_t stack_left() {
  thread_local const std::uintptr_t end = find_stack_end();
  // Not the address of a local: the address sanitizer may keep those elsewhere.
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  return here > end ? here - end : 0;
}

void check_stack(const char* what) {
  if (stack_left() < reserve) throw LimitError(std::string(what) + ": the nesting is too deep");
}

}  // namespace rhumb
