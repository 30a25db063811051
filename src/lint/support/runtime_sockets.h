// Sockets of container runtimes on the node.
#pragma once

#include <string>
#include <string_view>

#include "lint/context.h"

namespace rhumb::lint {

/// The socket that a volume of the type hostPath is or holds: "/run/docker.sock" for /var/run, too; empty for none.
/// Folders above /run hold much else and count as none.
std::string runtime_socket(const manifest::Volume& volume);

}  // namespace rhumb::lint
