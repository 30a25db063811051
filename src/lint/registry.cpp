#include <algorithm>

#include "rhumb/base/suggest.h"
#include "rhumb/lint/rule.h"

namespace rhumb::lint {

// Made from the folder of rules when the build is configured.
extern const Rule* const all_rules[];
extern const std::size_t rule_count;

std::span<const Rule* const> rules() { return {all_rules, rule_count}; }

const Rule* find_rule(std::string_view name) {
  const std::span<const Rule* const> all = rules();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Rule* rule) { return rule->name == name; });
  return found == all.end() ? nullptr : *found;
}

std::string_view nearest_rule(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Rule* rule : rules()) names.push_back(rule->name);
  return nearest(name, names);
}

}  // namespace rhumb::lint
