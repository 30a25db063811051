// Credentials in plain text, looked for in layers: tokens of known form; private keys, addresses with passwords,
// password hashes, registry logins; what stands under a name like "password" and looks like a value of it; random text
// where only a credential would be. References, paths, placeholders and names of Secrets are none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::lint {

struct Credential {
  /// "a GitHub token", "the value of \"db.password\""
  std::string what;
  /// Where it stands in the value that was looked at.
  std::size_t begin = 0;
  std::size_t size = 0;
  std::string text;
  /// "changeme": nobody's credential yet, but a default that works.
  bool is_placeholder = false;
};

/// Where a name and its value stand.
enum class Sink : std::uint8_t {
  field,       // of an object or a values file: "secret" may name a Secret there
  assignment,  // an environment variable, a line of a configuration file
  secret,      // a key of a Secret
};

/// In order of their places, none within another.
std::vector<Credential> find_credentials(std::string_view name, std::string_view value, Sink sink);

/// Of one argument of a command; `flag`: the argument before it, which may be the name ("--password").
std::vector<Credential> find_credentials_in_argument(std::string_view flag, std::string_view argument);

/// What may be shown: "hunt... (11 characters)"; of short ones less than four.
std::string masked(std::string_view credential);

}  // namespace rhumb::lint
