#include "lint/support/values_place.h"

#include <algorithm>

#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint {
KeyPath split_path(std::string_view dotted) {
  KeyPath path;
  for (const std::string_view part : strings::split(dotted, ".")) path.emplace_back(part);
  return path;
}

std::string join_path(const KeyPath& path) { return strings::join(path, "."); }

yaml::NodeRef child_of(yaml::NodeRef node, const std::string& key) {
  if (node.is_map()) return node[key];
  if (!node.is_list()) return {};
  const auto index = parse_int(key, 10, 32);
  return index && index.value >= 0 ? node[static_cast<std::size_t>(index.value)] : yaml::NodeRef();
}

Span span_of(FileId file, yaml::NodeRef node) {
  if (!node) return {file, 0, 0};
  const yaml::TreeNode& at = *node.node();
  if (at.key_end == at.key_begin) return {file, at.begin, node.is_scalar() ? at.end : std::min(at.end, at.begin + 1)};
  return {file, at.key_begin, node.is_scalar() ? std::max(at.end, at.key_end) : at.key_end};
}

Span ValuesPlace::span() const { return file == nullptr ? Span{} : span_of(file->source, node); }

ValuesPlace follow(const ValuesFile& file, const KeyPath& path) {
  const KeyPath scope = file.scope.empty() ? KeyPath() : split_path(file.scope);
  ValuesPlace place;
  if (file.tree == nullptr || scope.size() > path.size() || !std::equal(scope.begin(), scope.end(), path.begin())) {
    return place;
  }
  place.file = &file;
  place.node = file.tree->root();
  place.depth = scope.size();
  while (place.depth < path.size()) {
    const yaml::NodeRef next = child_of(place.node, path[place.depth]);
    if (!next) break;
    place.node = next;
    ++place.depth;
  }
  return place;
}

ValuesPlace find_value(const Run& run, const KeyPath& path) {
  ValuesPlace best;
  const auto consider = [&](const ValuesFile& file) {
    const ValuesPlace place = follow(file, path);
    if (place.file != nullptr && (best.file == nullptr || place.depth > best.depth)) best = place;
  };
  for (auto file = run.values_files.rbegin(); file != run.values_files.rend(); ++file) {
    if (file->is_given) consider(*file);
  }
  for (const ValuesFile& file : run.values_files) {
    if (!file.is_given) consider(file);
  }
  return best;
}

}  // namespace rhumb::lint
