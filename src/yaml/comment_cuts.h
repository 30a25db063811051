// Comments on lines of their own, which most of a values.yaml is made of, and which libyaml goes through character by
// character. What stands behind their '#' can be left out of what it is given to read.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace rhumb::yaml {

struct Cut {
  std::size_t begin = 0;  // of the bytes to leave out, behind the '#'
  std::size_t size = 0;   // up to the end of the line
};

/// What can be left out without a doubt, in order. The text holds nothing that libyaml's reader refuses. Where a line
/// could belong to a scalar that goes on over lines, nothing is cut, nor behind a line that is not understood.
std::vector<Cut> find_comment_cuts(std::string_view text);

}  // namespace rhumb::yaml
