// The words of rhumb.yaml that stand for something, in the order of the enumerations that they stand for.
#pragma once

#include <array>
#include <string_view>

#include "rhumb/lint/config.h"

namespace rhumb::project {

/// Of lint::Tier from 1 on; a tier is named or left out.
inline constexpr std::array<std::string_view, 3> tier_names{"development", "staging", "production"};
inline constexpr std::array<std::string_view, 2> profile_names{"tms", "loomworks"};
inline constexpr std::array<std::string_view, 4> preset_names{"default", "production", "restricted", "all"};
/// The severities, and before them "off".
inline constexpr std::array<std::string_view, 5> level_names{"off", "note", "info", "warning", "error"};

inline lint::Tier tier_at(std::size_t index) { return static_cast<lint::Tier>(index + 1); }
inline std::string_view tier_name(lint::Tier tier) { return tier_names.at(static_cast<std::size_t>(tier) - 1); }

}  // namespace rhumb::project
