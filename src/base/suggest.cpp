#include "rhumb/base/suggest.h"

#include <algorithm>
#include <array>
#include <vector>

namespace rhumb {
namespace {

/// No name that a person types is longer, and the work grows with the square.
constexpr std::size_t longest_name = 100;
constexpr std::size_t shortest_beginning = 3;

char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '_' ? '-' : c;
}

std::string folded(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return folded(c); });
  return out;
}

std::string_view only_one_beginning_with(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.size() < shortest_beginning) return {};
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    if (folded(candidate.substr(0, name.size())) != folded(name)) continue;
    if (!found.empty()) return {};
    found = candidate;
  }
  return found;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::string from = folded(a);
  const std::string to = folded(b);
  std::array<std::vector<std::size_t>, 3> rows;  // of the letters before the last, the last, this one
  for (auto& row : rows) row.resize(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) rows[2][j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::rotate(rows.begin(), rows.begin() + 1, rows.end());
    rows[2][0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const bool same = from[i - 1] == to[j - 1];
      rows[2][j] = std::min({rows[1][j] + 1, rows[2][j - 1] + 1, rows[1][j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) rows[2][j] = std::min(rows[2][j], rows[0][j - 2] + 1);
    }
  }
  return rows[2][to.size()];
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.empty() || name.size() > longest_name) return {};
  const std::size_t most = std::max<std::size_t>(1, name.size() / 3);
  std::string_view found;
  std::size_t least = most + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t lengths_apart = std::max(candidate.size(), name.size()) - std::min(candidate.size(), name.size());
    if (candidate.empty() || lengths_apart >= least) continue;
    // Everything is changed: that is another name, not a slip.
    const std::size_t distance = edit_distance(name, candidate);
    if (distance >= least || distance >= std::min(name.size(), candidate.size())) continue;
    found = candidate;
    least = distance;
  }
  return found.empty() ? only_one_beginning_with(name, candidates) : found;
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  const std::string_view found = nearest(name, candidates);
  return found.empty() ? std::string() : "; did you mean '" + std::string(found) + "'?";
}

}  // namespace rhumb
