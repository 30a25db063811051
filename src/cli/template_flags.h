// The flags of `rhumb template`: all of `helm template` (4.3.1) and rhumb's own.
#pragma once

#include <span>
#include <string_view>

#include "cli/go_flags.h"

namespace rhumb::cli {

std::span<const FlagRow> template_flags();

/// Whether an argument is one of these flags, alone and in need of a value: then the next argument is its value.
bool takes_next_argument(std::string_view argument);

}  // namespace rhumb::cli
