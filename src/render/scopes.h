// Which values each chart of a rendering sees, and what a person calls them: paths from the root of the values.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "render/traced.h"

namespace rhumb::render {

/// One chart of a rendering.
struct Scope {
  const chart::ChartInstance* instance = nullptr;
  std::string prefix;           // "", "tmsOdoo", "tmsOdoo.redis"
  const Map* values = nullptr;  // may be null
  Value root;                   // the same
  FileId defaults = no_file;    // its values.yaml
};

class Scopes {
 public:
  explicit Scopes(const Rendering& rendering);

  /// The chart and its enabled dependencies, in Helm's order.
  const std::vector<Scope>& all() const { return scopes_; }
  /// The path of what a condition reads, "" when it is no value.
  std::string path_of(const gotmpl::ConditionRead& read) const;

 private:
  void add(const chart::ChartInstance& instance, const std::string& prefix, const Value& values);
  bool is_scope(const Map* map) const;
  void index(const Map& map, const std::string& path);
  std::string path_of_origin(OriginId id) const;

  const Rendering& rendering_;
  std::vector<Scope> scopes_;
  std::unordered_map<const Map*, std::string> paths_;
};

}  // namespace rhumb::render
