// What commands ask of the terminal and the clock, and how they say where the time went.
#pragma once

#include <string>
#include <string_view>

#include "rhumb/base/host.h"
#include "rhumb/base/timer.h"

namespace rhumb::cli {

/// `when`: auto, always or never. auto: on a terminal that is not dumb, unless NO_COLOR is set and not empty
/// (no-color.org); CLICOLOR_FORCE colours without a terminal, too.
bool use_color(std::string_view when, bool is_terminal, Host& host);

/// "2026-11-26", UTC.
std::string today(Host& host);

/// A table of stages, for --stats.
std::string format_timers(const Timers& timers);

}  // namespace rhumb::cli
