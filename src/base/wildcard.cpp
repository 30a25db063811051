#include "rhumb/base/wildcard.h"

#include <cstddef>

namespace rhumb {

bool wildcard_match(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  std::size_t place = 0;
  std::size_t behind_star = std::string_view::npos;
  std::size_t star_place = 0;
  while (place < text.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      behind_star = ++at;
      star_place = place;
    } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == text[place])) {
      ++at;
      ++place;
    } else if (behind_star != std::string_view::npos) {
      // The last star takes one byte more. Earlier ones need not: what they could take, the last one can.
      at = behind_star;
      place = ++star_place;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

}  // namespace rhumb
