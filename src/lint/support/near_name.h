// Names that were probably meant.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/suggest.h"

namespace rhumb::lint {

/// A slip of the pen apart: one edit for a short name, up to three for a long one. False for equal names, and for those
/// that differ in their digits alone ("node-1" and "node-2" are two things).
bool is_near(std::string_view a, std::string_view b);

/// The nearest of the candidates that is near; empty for none.
template <typename Candidates>
std::string_view nearest_of(std::string_view name, const Candidates& candidates) {
  std::string_view best;
  for (const auto& candidate : candidates) {
    const std::string_view text(candidate);
    if (!is_near(name, text)) continue;
    if (best.empty() || edit_distance(name, text) < edit_distance(name, best)) best = text;
  }
  return best;
}

}  // namespace rhumb::lint
