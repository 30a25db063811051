#include "rhumb/base/mask.h"

#include <algorithm>
#include <array>

#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"

namespace rhumb {
namespace {

constexpr std::size_t long_secret = 40;
constexpr std::size_t stars_of_long = 12;

constexpr auto names_of_credentials = std::to_array<std::string_view>(
    {"password",    "passwd",     "passphrase", "pass",    "pwd",     "secret",    "token",      "credential",
     "credentials", "key",        "apikey",     "api_key", "api-key", "accesskey", "access_key", "access-key",
     "secretkey",   "secret_key", "secret-key", "login",   "auth",    "hash",      "username",   "user"});

}  // namespace

std::size_t shown_of_secret(std::size_t characters) { return std::min<std::size_t>(4, characters / 4); }

std::string mask(std::string_view secret) {
  const std::size_t characters = utf8::rune_count(secret);
  const std::size_t shown = shown_of_secret(characters);
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    const utf8::Rune rune = utf8::decode(secret);
    utf8::append(out, rune.value);
    secret.remove_prefix(rune.width);
  }
  if (characters < long_secret) return out.append(characters - shown, '*');
  return out.append(stars_of_long, '*') + " (" + std::to_string(characters) + " characters)";
}

bool is_name_of_credentials(std::string_view secret) {
  return std::find(names_of_credentials.begin(), names_of_credentials.end(), strings::to_lower(secret)) !=
         names_of_credentials.end();
}

bool is_key_at(std::string_view text, std::size_t at, std::string_view secret) {
  if (!is_name_of_credentials(secret)) return false;
  const std::size_t next = text.find_first_not_of("\"' \t", at + secret.size());
  return next != std::string_view::npos && (text[next] == ':' || text[next] == '=');
}

std::string mask_within(std::string_view text, std::string_view secret) {
  std::string out;
  std::size_t done = 0;
  if (secret.empty()) return std::string(text);
  for (std::size_t at = text.find(secret); at != std::string_view::npos; at = text.find(secret, at + secret.size())) {
    if (is_key_at(text, at, secret)) continue;
    out.append(text.substr(done, at - done)).append(mask(secret));
    done = at + secret.size();
  }
  return out.append(text.substr(done));
}

}  // namespace rhumb
