#include "rhumb/report/rule_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/view.h"
#include "rhumb/base/strings.h"

namespace rhumb::report {
namespace {

using Json = nlohmann::ordered_json;

/// "preset default, profile tms": where the rule is on without being asked for by name.
std::vector<std::string> where_on(const lint::Rule& rule) {
  std::vector<std::string> where;
  if ((rule.presets & lint::preset_default) != 0) where.emplace_back("default");
  if ((rule.presets & lint::preset_production) != 0) where.emplace_back("production");
  if ((rule.presets & lint::preset_restricted) != 0) where.emplace_back("restricted");
  return where;
}

std::vector<std::string> profiles_of(const lint::Rule& rule) {
  std::vector<std::string> profiles;
  if ((rule.profiles & lint::profile_tms) != 0) profiles.emplace_back("tms");
  if ((rule.profiles & lint::profile_loomworks) != 0) profiles.emplace_back("loomworks");
  return profiles;
}

std::string or_dash(const std::vector<std::string>& items) { return items.empty() ? "–" : strings::join(items, ", "); }

std::string_view type_name(lint::ParameterType type) {
  switch (type) {
    case lint::ParameterType::integer: return "integer";
    case lint::ParameterType::boolean: return "boolean";
    case lint::ParameterType::text: return "text";
    case lint::ParameterType::list: return "list";
  }
  return {};
}

std::string parameter_rows(const lint::Rule& rule) {
  if (rule.parameters.empty()) return {};
  std::string out = "\n## Parameters\n\n| name | type | default | meaning |\n|---|---|---|---|\n";
  for (const lint::Parameter& parameter : rule.parameters) {
    std::string help(parameter.help);
    if (!parameter.choices.empty()) {
      help +=
          ": " + strings::join(std::vector<std::string_view>(parameter.choices.begin(), parameter.choices.end()), ", ");
    }
    const std::string fallback = parameter.fallback.empty() ? "" : fmt::format("`{}`", parameter.fallback);
    out += fmt::format("| `{}` | {} | {} | {} |\n", parameter.name, type_name(parameter.type),
                       strings::replace(fallback, "|", "\\|"), strings::replace(help, "|", "\\|"));
  }
  return out;
}

std::vector<std::string_view> peers_of(const lint::Rule& rule) {
  std::vector<std::string_view> peers;
  for (const std::string_view peer : strings::split(rule.peers, ",")) {
    if (!strings::trim_space(peer).empty()) peers.push_back(strings::trim_space(peer));
  }
  return peers;
}

bool by_name(const lint::Rule* a, const lint::Rule* b) { return a->name < b->name; }

}  // namespace

std::string rule_page(const lint::Rule& rule) {
  std::string out = fmt::format("# {}\n\n{}.\n\n", rule.name, rule.summary);
  out += "| | |\n|---|---|\n";
  out +=
      fmt::format("| severity | {} |\n| category | {} |\n", severity_name(rule.severity), category_name(rule.category));
  out += fmt::format("| presets | {} |\n| profiles | {} |\n", or_dash(where_on(rule)), or_dash(profiles_of(rule)));
  if (rule.production_only) out += "| tiers | staging and production |\n";
  if (!rule.serves.empty()) out += fmt::format("| serves | {} |\n", rule.serves);
  if (const auto peers = peers_of(rule); !peers.empty()) {
    out += fmt::format("| known elsewhere as | {} |\n", strings::join(peers, ", "));
  }
  if (!rule.yields_to.empty()) out += fmt::format("| leaves to | {} |\n", rule.yields_to);
  out += fmt::format("| since | {} |\n\n", rule.since);
  out += strings::trim_space(rule.documentation);
  out += fmt::format("\n\n## What to do\n\n{}\n", rule.remedy);
  return out + parameter_rows(rule);
}

std::string rule_index(std::span<const lint::Rule* const> rules) {
  std::string out = fmt::format(
      "# Rules\n\n{} rules, made from the binary by `rhumb rules --write-pages docs/rules`. `rhumb rules NAME` prints "
      "a "
      "page.\n",
      rules.size());
  for (int number = 0; number <= static_cast<int>(lint::Category::opinion); ++number) {
    const auto category = static_cast<lint::Category>(number);
    std::vector<const lint::Rule*> own;
    std::copy_if(rules.begin(), rules.end(), std::back_inserter(own),
                 [&](const lint::Rule* rule) { return rule->category == category; });
    if (own.empty()) continue;
    std::sort(own.begin(), own.end(), by_name);
    out += fmt::format("\n## {}\n\n| rule | severity | presets | profiles | what is wrong |\n|---|---|---|---|---|\n",
                       category_name(category));
    for (const lint::Rule* rule : own) {
      out += fmt::format("| [{0}]({0}.md) | {1} | {2} | {3} | {4} |\n", rule->name, severity_name(rule->severity),
                         or_dash(where_on(*rule)), or_dash(profiles_of(*rule)),
                         strings::replace(rule->summary, "|", "\\|"));
    }
  }
  return out;
}

std::string rule_table(std::span<const lint::Rule* const> rules) {
  std::vector<const lint::Rule*> sorted(rules.begin(), rules.end());
  std::sort(sorted.begin(), sorted.end(), by_name);
  std::size_t width = 0;
  for (const lint::Rule* rule : sorted) width = std::max(width, rule->name.size());
  std::string out;
  for (const lint::Rule* rule : sorted) {
    out += fmt::format("{:<{}}  {:<7}  {}\n", rule->name, width, severity_name(rule->severity), rule->summary);
  }
  return out;
}

std::string rules_json(std::span<const lint::Rule* const> rules) {
  std::vector<const lint::Rule*> sorted(rules.begin(), rules.end());
  std::sort(sorted.begin(), sorted.end(), by_name);
  Json list = Json::array();
  for (const lint::Rule* rule : sorted) {
    Json parameters = Json::array();
    for (const lint::Parameter& parameter : rule->parameters) {
      parameters.push_back({{"name", parameter.name},
                            {"type", type_name(parameter.type)},
                            {"default", parameter.fallback},
                            {"help", parameter.help}});
    }
    list.push_back({{"name", rule->name},
                    {"category", category_name(rule->category)},
                    {"severity", severity_name(rule->severity)},
                    {"presets", where_on(*rule)},
                    {"profiles", profiles_of(*rule)},
                    {"productionOnly", rule->production_only},
                    {"serves", requirements(*rule)},
                    {"peers", peers_of(*rule)},
                    {"since", rule->since},
                    {"summary", rule->summary},
                    {"remedy", rule->remedy},
                    {"documentation", strings::trim_space(rule->documentation)},
                    {"parameters", std::move(parameters)}});
  }
  return list.dump(2) + "\n";
}

}  // namespace rhumb::report
