// The texts of TOML's scalars and what they mean.
#pragma once

#include <string>
#include <string_view>

#include "funcs/support/toml_lexer.h"

namespace rhumb::funcs {

/// The zones that times without an offset are in; their names tell the writer which form they had.
inline constexpr std::string_view toml_local_datetime = "datetime-local";
inline constexpr std::string_view toml_local_date = "date-local";
inline constexpr std::string_view toml_local_time = "time-local";

/// The string of an item of a kind of string. `problem` says what is wrong with its escapes.
std::string toml_string(const TomlItem& item, std::string& problem);

/// Whether underscores stand between digits only, and a digit is last.
bool toml_underscores_good(std::string_view number);
bool toml_leading_zero(std::string_view number);
/// Returns what is wrong, "" when nothing is.
std::string toml_float(std::string_view text, double& out);

/// Whether a part of a time that a layout could read has fewer digits than the layout ("1:30" for 15:04).
bool toml_zero_missing(std::string_view text, std::string_view layout);

}  // namespace rhumb::funcs
