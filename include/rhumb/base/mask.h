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

/// Whether a credential is a word that credentials are called by ("password"), which stands in many harmless places.
bool is_name_of_credentials(std::string_view secret);

/// Whether the text at that place, which reads like the secret, is the key that such a word is: "password = ...".
bool is_key_at(std::string_view text, std::size_t at, std::string_view secret);

/// The text with the secret masked wherever it stands, but for keys.
std::string mask_within(std::string_view text, std::string_view secret);

}  // namespace rhumb
