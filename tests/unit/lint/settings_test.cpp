// Which rule is on where: presets, profiles, tiers, settings.
#include "lint/settings.h"

#include <gtest/gtest.h>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

constexpr Parameter parameters[] = {
    {"number", ParameterType::integer, "2", "x"}, {"words", ParameterType::list, "a, b", "x"},
    {"none", ParameterType::list, "", "x"},       {"flag", ParameterType::boolean, "true", "x"},
    {"text", ParameterType::text, "t", "x"},
};

Rule make_rule(std::uint8_t presets, std::uint8_t profiles = profile_none, bool production_only = false) {
  Rule rule;
  rule.name = "some-rule";
  rule.severity = Severity::warning;
  rule.presets = presets;
  rule.profiles = profiles;
  rule.production_only = production_only;
  rule.parameters = parameters;
  return rule;
}

struct World {
  Configuration configuration;
  Environment environment;

  bool is_on(const Rule& rule) const { return effective_rule(rule, configuration, environment).enabled; }
  EffectiveRule effective(const Rule& rule) const { return effective_rule(rule, configuration, environment); }
};

TEST(Settings, Presets) {
  World setup;
  EXPECT_TRUE(setup.is_on(make_rule(preset_default)));
  EXPECT_FALSE(setup.is_on(make_rule(preset_production)));
  EXPECT_FALSE(setup.is_on(make_rule(preset_none)));
  setup.configuration.presets = {"production"};
  EXPECT_TRUE(setup.is_on(make_rule(preset_default)));
  EXPECT_TRUE(setup.is_on(make_rule(preset_production)));
  EXPECT_FALSE(setup.is_on(make_rule(preset_restricted)));
  setup.configuration.presets = {"all"};
  EXPECT_TRUE(setup.is_on(make_rule(preset_none)));
}

TEST(Settings, Profiles) {
  World setup;
  const Rule rule = make_rule(preset_none, profile_tms);
  EXPECT_FALSE(setup.is_on(rule));
  setup.environment.profile = "tms";
  EXPECT_TRUE(setup.is_on(rule));
  setup.environment.profile = "loomworks";
  EXPECT_FALSE(setup.is_on(rule));
}

TEST(Settings, Tiers) {
  World setup;
  const Rule rule = make_rule(preset_production, profile_tms, true);
  setup.environment.profile = "tms";
  for (const auto& [tier, on] : {std::pair(Tier::none, false), std::pair(Tier::development, false),
                                 std::pair(Tier::staging, true), std::pair(Tier::production, true)}) {
    setup.environment.tier = tier;
    EXPECT_EQ(on, setup.is_on(rule)) << static_cast<int>(tier);
  }
  setup.configuration.production_tiers = {Tier::production};
  setup.environment.tier = Tier::staging;
  EXPECT_FALSE(setup.is_on(rule));
  // Without a tier production counts where it was asked for.
  setup.environment.tier = Tier::none;
  setup.configuration.presets = {"production"};
  EXPECT_TRUE(setup.is_on(rule));
}

TEST(Settings, LevelsAndParameters) {
  World setup;
  const Rule rule = make_rule(preset_none);
  setup.configuration.rules["some-rule"].level = Severity::error;
  setup.configuration.rules["some-rule"].parameters["number"] = std::int64_t{5};
  EffectiveRule effective = setup.effective(rule);
  EXPECT_TRUE(effective.enabled);
  EXPECT_EQ(Severity::error, effective.severity);
  EXPECT_EQ(5, std::get<std::int64_t>(effective.parameters["number"]));
  EXPECT_EQ((std::vector<std::string>{"a", "b"}), std::get<std::vector<std::string>>(effective.parameters["words"]));
  EXPECT_TRUE(std::get<std::vector<std::string>>(effective.parameters["none"]).empty());
  EXPECT_TRUE(std::get<bool>(effective.parameters["flag"]));
  EXPECT_EQ("t", std::get<std::string>(effective.parameters["text"]));
  setup.environment.rules["some-rule"].off = true;
  EXPECT_FALSE(setup.is_on(rule));
}

TEST(Settings, OnlyTheEnvironmentItselfBringsAProductionRuleToDevelopment) {
  World setup;
  const Rule rule = make_rule(preset_production, profile_none, true);
  setup.environment.tier = Tier::development;
  setup.configuration.rules["some-rule"].level = Severity::error;
  EXPECT_FALSE(setup.is_on(rule));
  setup.environment.rules["some-rule"].level = Severity::error;
  EXPECT_TRUE(setup.is_on(rule));
}

TEST(Settings, WhatLoomworksLeavesOut) {
  const ObjectName postgres{"apps/v1", "StatefulSet", "loomworks", "postgres"};
  const ObjectName odoo{"apps/v1", "Deployment", "loomworks", "odoo"};
  EXPECT_TRUE(is_left_out("loomworks", "too-few-replicas", postgres));
  EXPECT_FALSE(is_left_out("loomworks", "too-few-replicas", odoo));
  EXPECT_FALSE(is_left_out("loomworks", "too-few-replicas", {}));
  EXPECT_FALSE(is_left_out("tms", "too-few-replicas", postgres));
  EXPECT_TRUE(is_left_out("loomworks", "image-not-from-registry", {}));
  EXPECT_TRUE(is_left_out("loomworks", "image-not-from-registry", odoo));
}

TEST(Settings, RulesYieldToRulesThatDoNot) {
  for (const Rule* rule : rules()) {
    if (rule->yields_to.empty()) continue;
    for (const std::string_view name : strings::split(rule->yields_to, ", ")) {
      const Rule* const other = find_rule(name);
      ASSERT_NE(other, nullptr) << rule->name << " yields to " << name;
      EXPECT_TRUE(other->yields_to.empty()) << rule->name << " yields to " << name;
    }
  }
}

}  // namespace
}  // namespace rhumb::lint
