// What values look like: credentials, placeholders for them, or something else altogether.
#pragma once

#include <cstdint>
#include <string_view>

namespace rhumb::lint {

enum class ValueWeight : std::uint8_t {
  none,         // a reference, a path, a number, a word of a format ...
  placeholder,  // "changeme"
  name,         // could as well be the name of something: "my-release-secret"
  weak,         // "hunter"
  strong,       // looks random
};

ValueWeight judge_value(std::string_view value);

/// Shannon's, in bits per byte.
double entropy(std::string_view text);

/// Random bytes in base 64 or hexadecimal, which is no digest, UUID or the like: worth a look without any name.
bool is_random_text(std::string_view value);

/// "changeme", "<your-password>", "xxxxxxxx".
bool is_placeholder(std::string_view value);

/// A placeholder that is the name of a credential ("jiraToken", "redis-password"): in a field it may as well name one.
bool says_what_it_is(std::string_view value);

}  // namespace rhumb::lint
