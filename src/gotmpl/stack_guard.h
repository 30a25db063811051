// Whether the thread's stack is about to run out. Recursion over hostile input asks before it goes deeper and ends in
// an error instead of a crash, whatever stack the thread has.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rhumb::gotmpl {

class StackGuard {
 public:
  /// Finds the bounds of the calling thread's stack. Only that thread may ask.
  StackGuard();

  /// True when what is left would not safely hold a function body and an unwinding.
  bool low() const { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) < lowest_; }
  /// To be called before an exception passes very many frames up to where the guard was made: beyond 64 MiB of them the
  /// address sanitizer leaves its marks on the stack, and takes them for errors of what runs there next.
  void clear_marks() const;

 private:
  std::uintptr_t base_ = 0;
  std::uintptr_t lowest_ = 0;
};

}  // namespace rhumb::gotmpl
