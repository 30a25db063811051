// What somebody probably meant who wrote a name that is not known.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace rhumb {

/// How many letters are to be put in, left out, exchanged or swapped with their neighbour (Damerau and Levenshtein, no
/// place changed twice). Letters that differ in case only are the same, and so are '-' and '_'. Counts bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest candidate that is no further away than a third of the name's length, else the only one that begins with
/// the name ("prod" for "production"); empty for none. Of equals the first. A view of the candidate.
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

/// "; did you mean 'production'?", to be added to a message; empty when nothing is near.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace rhumb
