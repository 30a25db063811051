// How far apart two names are.
#pragma once

#include <cstddef>
#include <string_view>

namespace rhumb::lint {

/// Characters to insert, delete or replace, or neighbours to swap, that make one of the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace rhumb::lint
