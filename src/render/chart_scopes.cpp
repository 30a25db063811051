#include "render/scopes.h"

#include <algorithm>

#include "render/switches.h"

namespace rhumb::render {
namespace {

constexpr std::string_view global_key = "global";

std::string joined(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

std::string joined(std::string path, std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) path = joined(path, key);
  return path;
}

/// Nil when it is no map.
Value map_at(const Map* map, std::string_view key) {
  const Value* const found = map == nullptr ? nullptr : map->find(key);
  return found != nullptr && found->is_map() ? *found : Value::nil_map();
}

}  // namespace

Scopes::Scopes(const Rendering& rendering) : rendering_(rendering) {
  const Rendering::Traced& traced = *rendering.traced();
  add(*traced.root, "", traced.values);
  if (traced.values.as_map() != nullptr) index(*traced.values.as_map(), "");
}

void Scopes::add(const chart::ChartInstance& instance, const std::string& prefix, const Value& values) {
  const chart::File* const defaults = instance.chart().find_raw("values.yaml");
  scopes_.push_back({&instance, prefix, values.as_map(), values, defaults == nullptr ? no_file : defaults->source});
  for (const chart::ChartInstance* const child : instance.dependencies()) {
    add(*child, joined(prefix, child->name()), map_at(values.as_map(), child->name()));
  }
}

bool Scopes::is_scope(const Map* map) const {
  return std::any_of(scopes_.begin(), scopes_.end(), [&](const Scope& scope) { return scope.values == map; });
}

/// What dependencies see of the globals is a copy: the person sets those of the root.
void Scopes::index(const Map& map, const std::string& path) {
  if (!paths_.emplace(&map, path).second) return;
  for (const Map::Entry& entry : map.entries()) {
    if (!entry.value.is_map() || entry.value.as_map() == nullptr) continue;
    const bool is_global = entry.key == global_key && is_scope(&map);
    index(*entry.value.as_map(), is_global ? std::string(global_key) : joined(path, entry.key));
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
      const bool is_global = read.names[i] == global_key && is_scope(map);
      return joined(is_global ? std::string() : known->second, read.names.subspan(i));
    }
    map = map_at(map, read.names[i]).as_map();
  }
  // A map that a template made for a helper, as (dict "type" .Values.preset), knows its values, not its keys.
  if (const Value* const value = value_of(read)) {
    if (std::string path = path_of_origin(value->origin()); !path.empty()) return path;
  }
  const std::string start = path_of_origin(read.map_origin);
  return start.empty() ? std::string() : joined(start, read.names);
}

}  // namespace rhumb::render
