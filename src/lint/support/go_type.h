// What Go calls the value of a node that came through JSON.
#pragma once

#include <string>

#include "rhumb/yaml/tree.h"

namespace rhumb::lint {

/// As fmt.Sprintf("%T"): "float64" for every number, "map[string]interface {}", "<nil>".
inline std::string go_type_of(yaml::NodeRef node) {
  switch (node.type()) {
    case yaml::TreeType::null: return "<nil>";
    case yaml::TreeType::boolean: return "bool";
    case yaml::TreeType::integer:
    case yaml::TreeType::floating: return "float64";
    case yaml::TreeType::string: return "string";
    case yaml::TreeType::list: return "[]interface {}";
    case yaml::TreeType::map: break;
  }
  return "map[string]interface {}";
}

}  // namespace rhumb::lint
