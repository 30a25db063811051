#include "rhumb/lint/values_api.h"

#include <algorithm>

#include "lint/support/values_files.h"
#include "lint/support/values_place.h"
#include "rhumb/base/strings.h"
#include "rhumb/yaml/json.h"

namespace rhumb::lint {
namespace {

/// A schema and the document that its references are looked up in.
struct SchemaPart {
  yaml::NodeRef node;
  yaml::NodeRef document;
};

/// What schemas say together about one place of the values.
struct SchemaView {
  ValueTypes types;
  std::map<std::string, std::vector<SchemaPart>> properties;
  bool is_open = false;    // says of other keys what they may be
  bool is_closed = false;  // refuses other keys
};

constexpr int most_references = 32;

yaml::NodeRef resolve(const SchemaPart& part) {
  const std::string_view reference = part.node["$ref"].text();
  if (!reference.starts_with("#")) return {};
  yaml::NodeRef node = part.document;
  const auto tokens = strings::split(reference.substr(1), "/");
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    node = child_of(node, strings::replace(strings::replace(tokens[i], "~1", "/"), "~0", "~"));
  }
  return node;
}

std::string type_name(yaml::NodeRef node) {
  switch (node.type()) {
    case yaml::TreeType::boolean: return "boolean";
    case yaml::TreeType::integer: return "integer";
    case yaml::TreeType::floating: return "number";
    case yaml::TreeType::string: return "string";
    case yaml::TreeType::list: return "array";
    case yaml::TreeType::map: return "object";
    case yaml::TreeType::null: break;
  }
  return "null";
}

ValueTypes own_types(yaml::NodeRef schema) {
  ValueTypes types;
  if (schema["type"].is_string()) types.insert(std::string(schema["type"].text()));
  for (const std::string& type : schema["type"].texts()) types.insert(type);
  if (!types.empty()) return types;
  if (schema["const"]) types.insert(type_name(schema["const"]));
  for (const yaml::NodeRef item : schema["enum"]) types.insert(type_name(item));
  return types;
}

void look(const SchemaPart& part, SchemaView& view, int depth);

/// Several alternatives: each gives its keys, all of them together the types.
void look_at_alternatives(const SchemaPart& part, std::string_view keyword, SchemaView& view, int depth) {
  ValueTypes types;
  bool is_typed = true;
  for (const yaml::NodeRef item : part.node[keyword]) {
    SchemaView alternative;
    look({item, part.document}, alternative, depth);
    is_typed = is_typed && !alternative.types.empty();
    types.merge(alternative.types);
    for (auto& [name, parts] : alternative.properties) {
      auto& own = view.properties[name];
      own.insert(own.end(), parts.begin(), parts.end());
    }
    view.is_open = view.is_open || alternative.is_open;
  }
  if (is_typed && view.types.empty()) view.types = std::move(types);
}

void look(const SchemaPart& part, SchemaView& view, int depth) {
  if (!part.node.is_map() || depth > most_references) return;
  const yaml::NodeRef node = part.node;
  if (view.types.empty()) view.types = own_types(node);
  for (const yaml::NodeRef property : node["properties"]) {
    view.properties[std::string(property.key())].push_back({property, part.document});
  }
  const yaml::NodeRef others = node["additionalProperties"];
  if (others.boolean() == false) {
    view.is_closed = true;
  } else if (others || node["patternProperties"]) {
    view.is_open = true;
  }
  if (const yaml::NodeRef target = resolve(part)) look({target, part.document}, view, depth + 1);
  for (const yaml::NodeRef item : node["allOf"]) look({item, part.document}, view, depth + 1);
  look_at_alternatives(part, "anyOf", view, depth + 1);
  look_at_alternatives(part, "oneOf", view, depth + 1);
}

class ApiMaker {
 public:
  ApiMaker(const chart::Chart& chart, const Limits& limits)
      : files_(chart_values_files(chart, limits)), charts_(scoped_charts(chart)) {
    for (const ScopedChart& scoped : charts_) {
      trees_.push_back(scoped.chart->schema ? read_tree(scoped.chart->schema->data, limits) : nullptr);
      add_switches(scoped);
    }
  }

  ValuesApi make() {
    walk("", "", {});
    return std::move(api_);
  }

 private:
  /// One key on its way down: what the levels above say of it.
  struct Level {
    std::vector<yaml::NodeRef> defaults;
    std::vector<SchemaPart> schemas;
  };

  /// What turns dependencies on and off is a key, whether or not it has a default.
  void add_switches(const ScopedChart& scoped) {
    if (!scoped.chart->metadata.dependencies) return;
    const std::string prefix = scoped.scope.empty() ? "" : scoped.scope + ".";
    for (const auto& dependency : *scoped.chart->metadata.dependencies) {
      if (dependency == nullptr) continue;
      for (const std::string_view condition : strings::split(dependency->condition, ",")) {
        const std::string_view path = strings::trim_space(condition);
        if (!path.empty()) switches_.insert(prefix + std::string(path));
      }
      for (const std::string& tag : dependency->tags) switches_.insert("tags." + tag);
    }
  }

  bool is_scope(const std::string& plain) const {
    return std::any_of(charts_.begin(), charts_.end(),
                       [&](const ScopedChart& scoped) { return scoped.scope == plain; });
  }

  /// The values and the schema of the chart that has its keys here.
  void add_scope(const std::string& plain, Level& level) const {
    for (const ValuesFile& file : files_) {
      if (file.scope == plain && file.tree != nullptr) level.defaults.push_back(file.tree->root());
    }
    for (std::size_t i = 0; i < charts_.size(); ++i) {
      if (charts_[i].scope == plain && trees_[i] != nullptr) {
        level.schemas.push_back({trees_[i]->root(), trees_[i]->root()});
      }
    }
  }

  /// Sub-charts and switches that stand somewhere below.
  void add_known_below(const std::string& plain, std::map<std::string, Level>& children) const {
    const std::string prefix = plain.empty() ? "" : plain + ".";
    const auto add = [&](const std::string& path) {
      if (path.size() > prefix.size() && path.starts_with(prefix)) {
        children[path.substr(prefix.size(), path.find('.', prefix.size()) - prefix.size())];
      }
    };
    for (const ScopedChart& scoped : charts_) add(scoped.scope);
    for (const std::string& path : switches_) add(path);
  }

  ValueTypes types_of(const SchemaView& view, const Level& level, const std::string& plain) const {
    if (!view.types.empty()) return view.types;
    for (const yaml::NodeRef node : level.defaults) {
      if (!node.is_null()) return {type_name(node)};
    }
    return switches_.contains(plain) ? ValueTypes{"boolean"} : ValueTypes();
  }

  /// `plain` is the path with dots alone, as scopes and conditions are written.
  void walk(const std::string& path, const std::string& plain, Level level) {
    add_scope(plain, level);
    SchemaView view;
    for (const SchemaPart& part : level.schemas) look(part, view, 0);
    std::map<std::string, Level> children;
    // Where a schema leaves the keys open they are data, those of the defaults as well.
    const bool is_data = view.properties.empty() && (view.is_open || view.types.contains("object")) && !is_scope(plain);
    for (const yaml::NodeRef map : level.defaults) {
      if (is_data || !map.is_map()) continue;
      for (const yaml::NodeRef child : map) children[std::string(child.key())].defaults.push_back(child);
    }
    for (auto& [name, parts] : view.properties) children[name].schemas = parts;
    add_known_below(plain, children);
    // A schema may have itself as a part, without an end.
    if (children.empty() || (level.defaults.empty() && is_on_the_way(level))) {
      if (!path.empty()) api_.keys[path] = types_of(view, level, plain);
      return;
    }
    api_.maps.insert(path);
    if (!view.properties.empty() && !view.is_open && !view.is_closed) api_.closed.insert(path);
    const std::size_t mark = way_.size();
    for (const SchemaPart& part : level.schemas) way_.push_back(part.node);
    for (auto& [name, child] : children) {
      // The globals of a sub-chart are set at the top.
      if (name == "global" && !plain.empty() && is_scope(plain)) continue;
      walk(api_path(path, name), plain.empty() ? name : plain + "." + name, std::move(child));
    }
    way_.resize(mark);
  }

  bool is_on_the_way(const Level& level) const {
    return std::any_of(level.schemas.begin(), level.schemas.end(), [&](const SchemaPart& part) {
      return std::find(way_.begin(), way_.end(), part.node) != way_.end();
    });
  }

  std::vector<ValuesFile> files_;
  std::vector<ScopedChart> charts_;
  std::vector<std::shared_ptr<const yaml::Tree>> trees_;  // of the schemas of charts_
  std::set<std::string> switches_;
  std::vector<yaml::NodeRef> way_;  // schemas of the levels above
  ValuesApi api_;
};

bool is_plain_word(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

ValuesApi values_api(const chart::Chart& chart, const Limits& limits) { return ApiMaker(chart, limits).make(); }

std::string write_values_api(const ValuesApi& api, const std::string& chart_name) {
  std::string out = "{\n  \"version\": 1,\n  \"chart\": ";
  yaml::append_json_string(out, chart_name);
  out += ",\n  \"keys\": {";
  bool is_first = true;
  for (const auto& [path, types] : api.keys) {
    out += is_first ? "\n    " : ",\n    ";
    yaml::append_json_string(out, path);
    out += ": ";
    yaml::append_json_string(out, to_text(types));
    is_first = false;
  }
  return out + (is_first ? "}\n}\n" : "\n  }\n}\n");
}

std::string api_path(const std::string& path, std::string_view key) {
  if (is_plain_word(key)) return path.empty() ? std::string(key) : path + "." + std::string(key);
  std::string out = path + "[";
  yaml::append_json_string(out, key);
  return out + "]";
}

std::string to_text(const ValueTypes& types) {
  return types.empty() ? "any" : strings::join(std::vector<std::string>(types.begin(), types.end()), "|");
}

bool allows(const ValueTypes& now, const ValueTypes& before) {
  if (now.empty()) return true;
  if (before.empty()) return false;
  return std::all_of(before.begin(), before.end(), [&](const std::string& type) {
    return now.contains(type) || (type == "integer" && now.contains("number"));
  });
}

}  // namespace rhumb::lint
