// The command line as a whole: which command, with what behind it.
#pragma once

#include <span>
#include <string>

#include "cli/command.h"

namespace rhumb::cli {

/// Whether the command line has --verbose: asked for before anything is read.
bool wants_diagnostics(std::span<const std::string> arguments);

/// Runs the command line (without the program's name) and gives its exit code.
int run(std::span<const std::string> arguments, Process& process);

}  // namespace rhumb::cli
