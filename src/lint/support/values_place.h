// Where a value of a rendering is written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

using KeyPath = std::vector<std::string>;

/// "tmsOdoo.image.tag" in parts. Keys with dots in them are not told apart.
KeyPath split_path(std::string_view dotted);
std::string join_path(const KeyPath& path);

/// What a map or list holds under that key or index.
yaml::NodeRef child_of(yaml::NodeRef node, const std::string& key);

/// A node of a values file that leads towards a path.
struct ValuesPlace {
  const ValuesFile* file = nullptr;  // null where no file has anything of the path
  yaml::NodeRef node;
  std::size_t depth = 0;  // how many parts of the path it has

  /// The key and its value; of maps and lists the key.
  Span span() const;
};

/// How far a file follows a path of the whole chart's values; no file where its keys stand somewhere else.
ValuesPlace follow(const ValuesFile& file, const KeyPath& path);

/// The file that decides about a path of the whole chart's values: that has most of it, given ones before defaults, the
/// later one first. What --set sets is in none.
ValuesPlace find_value(const Run& run, const KeyPath& path);

/// The place of a node of a file, as ValuesPlace::span().
Span span_of(FileId file, yaml::NodeRef node);

}  // namespace rhumb::lint
