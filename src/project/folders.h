// The way up through folders, in the words of the user.
#pragma once

#include <string>

#include "rhumb/base/path.h"

namespace rhumb::project {

/// The folder above, as the user would open it: of "." that is "..".
inline std::string folder_above(const std::string& folder) {
  if (folder == "." || path::base(folder) == "..") return path::join(folder, "..");
  return path::directory(folder);
}

}  // namespace rhumb::project
