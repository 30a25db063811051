#include "lint/value_fields.h"

#include "lint/support/values_place.h"
#include "lint/text_place.h"

namespace rhumb::lint {
namespace {

/// "a.b" of "a.b.c" and of `a.b["c.d"]`.
std::string path_around(const std::string& path) {
  const std::vector<std::string_view> keys = yaml::path_keys(path);
  if (keys.size() < 2) return {};
  std::string around = path.substr(0, static_cast<std::size_t>(keys.back().data() - path.data()));
  while (!around.empty() && std::string_view(".[\"'").find(around.back()) != std::string_view::npos) around.pop_back();
  return around;
}

yaml::NodeRef node_at(const ValuesFile& file, const std::string& path) {
  yaml::NodeRef node = file.tree == nullptr ? yaml::NodeRef() : file.tree->root();
  for (const std::string_view key : yaml::path_keys(path)) node = child_of(node, std::string(key));
  return node;
}

}  // namespace

std::string path_in_chart(const Run& run, const render::ValueLayer& layer) {
  for (const ValuesFile& file : run.values_files) {
    if (file.source == layer.span.file && !file.scope.empty()) return file.scope + "." + layer.path;
  }
  return layer.path;
}

std::optional<render::ValueLayer> removed_key(const Run& run, const std::string& path) {
  const KeyPath keys = split_path(path);
  const ValuesPlace place = find_value(run, keys);
  if (place.file == nullptr || place.depth != keys.size() || !place.node.is_null()) return {};
  const yaml::TreeNode& at = *place.node.node();
  return render::ValueLayer{render::ValueLayer::Kind::file,
                            {place.file->source, at.begin, at.end},
                            {place.file->source, at.key_begin, at.key_end},
                            path};
}

std::optional<render::ValueLayer> ValueFields::entry_behind(const yaml::TreeNode& child) const {
  const render::Cause cause =
      render::explain(*run_.rendering, object_.file, child.key_begin + object_.offset, child.key_end + object_.offset);
  if (cause.values.size() != 1) return {};
  const render::ValueLayer* const layer = winner(cause.values.front());
  if (layer == nullptr) return {};
  const std::vector<std::string_view> keys = yaml::path_keys(layer->path);
  if (keys.size() < 2 || keys.back() != child.key) return {};
  return *layer;
}

render::ValueLayer ValueFields::map_around(const render::ValueLayer& entry) const {
  render::ValueLayer map{entry.kind, entry.span, {}, path_around(entry.path)};
  for (const ValuesFile& file : run_.values_files) {
    // A file of the environment is a source twice: rules read it, and so does the rendering.
    if (sources_.get(file.source).name() != sources_.get(entry.span.file).name()) continue;
    const yaml::NodeRef node = node_at(file, map.path);
    if (!node) continue;
    const yaml::TreeNode& at = *node.node();
    map.span = {entry.span.file, at.begin, at.end};
    if (at.key_end > at.key_begin) map.key = {entry.span.file, at.key_begin, at.key_end};
  }
  return map;
}

std::optional<render::ValueLayer> ValueFields::map_behind(Node map, bool whole) const {
  if (run_.rendering == nullptr || !map.is_map()) return {};
  std::optional<render::ValueLayer> found;
  for (const yaml::TreeNode& child : map.children()) {
    const auto entry = entry_behind(child);
    if (!entry && whole) return {};
    if (!entry) continue;
    render::ValueLayer around = map_around(*entry);
    if (found && path_in_chart(run_, *found) != path_in_chart(run_, around)) return {};
    if (!found) found = std::move(around);
  }
  return found;
}

std::optional<std::string> ValueFields::key_of(Node scalar) const {
  if (run_.rendering == nullptr || !scalar.is_scalar()) return {};
  const yaml::TreeNode& at = *scalar.node();
  const render::Cause cause =
      render::explain(*run_.rendering, object_.file, at.begin + object_.offset, at.end + object_.offset);
  for (const render::ValueCause& value : cause.values) {
    const render::ValueLayer* const layer = winner(value);
    if (layer != nullptr && unquoted_text(sources_, layer->span) == scalar.scalar_text()) {
      return path_in_chart(run_, *layer);
    }
  }
  return {};
}

std::optional<std::string> ValueFields::key_in(Node map, std::string_view field) const {
  if (map[field]) return key_of(map[field]);
  const auto around = map_behind(map, false);
  if (!around) return {};
  return yaml::join_path(path_in_chart(run_, *around), yaml::path_step(field));
}

}  // namespace rhumb::lint
