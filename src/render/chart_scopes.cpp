#include "render/scopes.h"

namespace rhumb::render {
namespace {

std::string joined(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

std::string joined(std::string path, std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) path = joined(path, key);
  return path;
}

const Map* map_at(const Map* map, std::string_view key) {
  const Value* const found = map == nullptr ? nullptr : map->find(key);
  return found != nullptr && found->is_map() ? found->as_map() : nullptr;
}

}  // namespace

Scopes::Scopes(const Rendering& rendering) : rendering_(rendering) {
  const Rendering::Traced& traced = *rendering.traced();
  add(*traced.root, "", traced.values.as_map());
  if (traced.values.as_map() != nullptr) index(*traced.values.as_map(), "");
}

void Scopes::add(const chart::ChartInstance& instance, const std::string& prefix, const Map* values) {
  const chart::File* const defaults = instance.chart().find_raw("values.yaml");
  scopes_.push_back({&instance, prefix, values, defaults == nullptr ? no_file : defaults->source});
  for (const chart::ChartInstance* const child : instance.dependencies()) {
    add(*child, joined(prefix, child->name()), map_at(values, child->name()));
  }
}

/// What dependencies see of the globals is a copy: the person sets those of the root.
void Scopes::index(const Map& map, const std::string& path) {
  if (!paths_.emplace(&map, path).second) return;
  for (const Map::Entry& entry : map.entries()) {
    if (!entry.value.is_map() || entry.value.as_map() == nullptr) continue;
    const bool is_global = entry.key == "global";
    bool in_scope = false;
    for (const Scope& scope : scopes_) in_scope = in_scope || (is_global && scope.values == &map);
    index(*entry.value.as_map(), in_scope ? "global" : joined(path, entry.key));
  }
}

std::string Scopes::path_of_origin(OriginId id) const {
  const OriginTable& origins = *rendering_.origins();
  while (id != no_origin && origins.get(id).kind == OriginKind::override_) id = origins.get(id).parts[0];
  if (id == no_origin || origins.get(id).kind != OriginKind::yaml_node || origins.get(id).path.empty()) return {};
  for (const Scope& scope : scopes_) {
    if (scope.defaults != no_file && scope.defaults == origins.get(id).span.file) {
      return joined(scope.prefix, origins.get(id).path);
    }
  }
  return std::string(origins.get(id).path);
}

std::string Scopes::path_of(const gotmpl::ConditionRead& read) const {
  const Map* map = read.map;
  for (std::size_t i = 0; i < read.names.size() && map != nullptr; ++i) {
    if (const auto known = paths_.find(map); known != paths_.end()) {
      return joined(known->second, read.names.subspan(i));
    }
    map = map_at(map, read.names[i]);
  }
  const std::string start = path_of_origin(read.map_origin);
  return start.empty() ? std::string() : joined(start, read.names);
}

}  // namespace rhumb::render
