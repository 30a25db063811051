// Resolving symbolic links step by step, over whatever says what a path is: the real file system or one in memory.
#pragma once

#include <functional>
#include <string>

#include "rhumb/base/result.h"

namespace rhumb {

enum class LinkKind { missing, link, directory, other };

struct LinkReader {
  /// What the path is, its last element not followed. The error is Go's text ("lstat PATH: ...").
  std::function<Result<LinkKind>(const std::string& path)> kind;
  std::function<Result<std::string>(const std::string& path)> target;
};

/// As filepath.EvalSymlinks. `most_links`: 255 in Go, 40 in the kernel.
Result<std::string> resolve_symlinks(std::string path, const LinkReader& reader, int most_links = 255);

}  // namespace rhumb
