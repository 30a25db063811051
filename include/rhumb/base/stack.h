// How deep a recursion over nested data may go: as deep as the stack of the thread allows. Data that refers to itself
// or is nested by the million ends in a LimitError instead of a crash.
#pragma once

#include <cstddef>

namespace rhumb {

/// Bytes of the calling thread's stack that are not in use.
std::size_t stack_left();

/// Throws LimitError when little of the stack is left. `what` is done: "printing a value".
void check_stack(const char* what);

}  // namespace rhumb
