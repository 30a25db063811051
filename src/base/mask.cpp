#include "rhumb/base/mask.h"

#include <algorithm>

#include "rhumb/base/utf8.h"

namespace rhumb {
namespace {

constexpr std::size_t long_secret = 40;
constexpr std::size_t stars_of_long = 12;

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

}  // namespace rhumb
