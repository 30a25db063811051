// Credentials in texts that people see: enough is left to recognise one by, nothing to use it with.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rhumb {

/// How many characters of a credential of that many characters may be shown: 4, of short ones a quarter.
std::size_t shown_of_secret(std::size_t characters);

/// "AKIA****************": the start and a star for every other character, line breaks included. From 40 characters on
/// "AKIA************ (52 characters)". An invalid byte counts as one character.
std::string mask(std::string_view secret);

}  // namespace rhumb
