// Names under which credentials stand: "DB_PASSWORD", "apiKey", "spring.datasource.password"; and those that only look
// like it: "passwordFile", "token-ttl", "SECRET_NAME".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::lint {

/// How much a name says about its value.
enum class NameWeight : std::uint8_t {
  none,
  hint,      // "auth", "credentials": only what looks random is one
  key,       // "token", "secret", "apiKey": may be the name of one as well
  password,  // the value is one unless it is a reference
};

struct NameVerdict {
  NameWeight weight = NameWeight::none;
  /// Nothing that could mean something else stands behind the word: "password", not "password_github".
  bool certain = true;
};

/// In lower case, split where case, digits and separators do: "dbPassword2" is db, password, 2.
std::vector<std::string> words_of(std::string_view name);

NameVerdict judge_name(std::string_view name);

}  // namespace rhumb::lint
