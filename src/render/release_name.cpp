#include "rhumb/render/release_name.h"

#include <algorithm>

namespace rhumb::render {
namespace {

constexpr std::size_t name_limit = 53;

bool is_name_part(std::string_view part) {
  const auto is_inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !part.empty() && std::all_of(part.begin(), part.end(), is_inner) && part.front() != '-' && part.back() != '-';
}

}  // namespace

bool is_release_name(std::string_view name) {
  if (name.empty() || name.size() > name_limit) return false;
  while (true) {
    const std::size_t dot = name.find('.');
    if (!is_name_part(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

}  // namespace rhumb::render
