#include "gotmpl/stack_guard.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

#include "rhumb/base/stack.h"

namespace rhumb::gotmpl {
namespace {

// What bodies of functions may take, with some to spare: above the reserve that base/stack.h keeps, so that a body
// that checks for itself can run wherever the executor lets it.
constexpr std::size_t margin = 320 << 10;

}  // namespace

StackGuard::StackGuard() {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  base_ = here;
  lowest_ = here - stack_left() + margin;
}

void StackGuard::clear_marks() const {
#ifdef __SANITIZE_ADDRESS__
  constexpr std::uintptr_t own_frames = 64 << 10;  // of who throws
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - own_frames;
  if (here < base_) __asan_unpoison_memory_region(reinterpret_cast<void*>(here), base_ - here);
#endif
}

}  // namespace rhumb::gotmpl
