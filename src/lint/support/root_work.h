// What containers are root for, and what does the same without them.
#pragma once

#include <string>

#include "lint/context.h"

namespace rhumb::lint {

/// Whether the container sets parameters of the node's kernel.
bool sets_sysctl(const Context& context, const Workload& workload, const Container& container);

/// What to do instead, where the program tells what root is needed for: parameters of the kernel, the owner of a
/// volume's files. Empty for anything else.
std::string without_root(const Context& context, const Workload& workload, const Container& container);

}  // namespace rhumb::lint
