#include "gotmpl/stack_guard.h"

#include "rhumb/base/stack.h"

namespace rhumb::gotmpl {
namespace {

// What bodies of functions may take, with some to spare: above the reserve that base/stack.h keeps, so that a body
// that checks for itself can run wherever the executor lets it.
constexpr std::size_t margin = 320 << 10;

}  // namespace

StackGuard::StackGuard() {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  lowest_ = here - stack_left() + margin;
}

}  // namespace rhumb::gotmpl
