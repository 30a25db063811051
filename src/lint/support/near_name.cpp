#include "lint/support/near_name.h"

namespace rhumb::lint {
namespace {

std::string without_digits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c < '0' || c > '9') out += c;
  }
  return out;
}

}  // namespace

bool is_near(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  if (size < 3 || a == b || without_digits(a) == without_digits(b)) return false;
  return edit_distance(a, b) <= std::min<std::size_t>(std::max<std::size_t>(size / 5, 1), 3);
}

}  // namespace rhumb::lint
