#include "lint/settings.h"

#include <algorithm>

#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint {
namespace {

std::uint8_t preset_bits(std::string_view preset) {
  if (preset == "default") return preset_default;
  if (preset == "production") return preset_default | preset_production;
  if (preset == "restricted") return preset_default | preset_restricted;
  return preset_none;
}

std::uint8_t profile_bits(std::string_view profile) {
  if (profile == "tms") return profile_tms;
  if (profile == "loomworks") return profile_loomworks;
  return profile_none;
}

bool has_preset(const std::vector<std::string>& presets, std::string_view name) {
  return std::find(presets.begin(), presets.end(), name) != presets.end();
}

/// What a rule asks of production counts where the tier says so. Without a tier it counts where production was asked
/// for by name.
bool tier_counts(const Configuration& configuration, const Environment& environment) {
  if (environment.tier == Tier::none) {
    return has_preset(configuration.presets, "production") || has_preset(configuration.presets, "all");
  }
  const std::vector<Tier>& tiers = configuration.production_tiers;
  return std::find(tiers.begin(), tiers.end(), environment.tier) != tiers.end();
}

bool is_on(const Rule& rule, const Configuration& configuration, const Environment& environment) {
  if ((rule.profiles & profile_bits(environment.profile)) != 0) return true;
  return std::any_of(configuration.presets.begin(), configuration.presets.end(), [&](const std::string& preset) {
    return preset == "all" || (rule.presets & preset_bits(preset)) != 0;
  });
}

void apply(EffectiveRule& effective, const RuleSettings& settings, const Rule& rule) {
  const auto found = settings.find(rule.name);
  if (found == settings.end()) return;
  const RuleSetting& setting = found->second;
  if (setting.off) effective.enabled = false;
  if (setting.level) {
    effective.enabled = true;
    effective.severity = *setting.level;
  }
  for (const auto& [name, value] : setting.parameters) effective.parameters[name] = value;
}

}  // namespace

ParameterValue fallback_value(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::integer: return parse_int(parameter.fallback, 10, 64).value;
    case ParameterType::boolean: return parameter.fallback == "true";
    case ParameterType::text: return std::string(parameter.fallback);
    case ParameterType::list: break;
  }
  std::vector<std::string> items;
  if (!parameter.fallback.empty()) {
    for (const std::string_view item : strings::split(parameter.fallback, ",")) {
      items.emplace_back(strings::trim_space(item));
    }
  }
  return items;
}

EffectiveRule effective_rule(const Rule& rule, const Configuration& configuration, const Environment& environment) {
  EffectiveRule effective{is_on(rule, configuration, environment), rule.severity, {}};
  for (const Parameter& parameter : rule.parameters) {
    effective.parameters.emplace(parameter.name, fallback_value(parameter));
  }
  apply(effective, configuration.rules, rule);
  // Only the environment itself can ask for it in spite of its tier.
  if (rule.production_only && !tier_counts(configuration, environment)) effective.enabled = false;
  apply(effective, environment.rules, rule);
  if (is_left_out(environment.profile, rule.name, {})) effective.enabled = false;
  return effective;
}

}  // namespace rhumb::lint
