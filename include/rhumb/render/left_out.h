// Branches that templates did not take while they wrote a piece of the output.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "rhumb/render/cause.h"

namespace rhumb::render {

struct LeftOutBranch {
  Slot slot;
  /// The lines of the template that were not taken, actions included; lives as long as the rendering.
  std::string_view source;
};

/// Those left out within bytes [begin, end] of the text of rendering.files()[file], whatever they would have written.
/// Nothing for a rendering that is not traced.
std::vector<LeftOutBranch> left_out_branches(const Rendering& rendering, std::size_t file, std::size_t begin,
                                             std::size_t end);

}  // namespace rhumb::render
