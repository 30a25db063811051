// What keeps pods apart, and whether it looks at the pods themselves.
#include "lint/support/spreading.h"

#include <gtest/gtest.h>

#include "unit/lint/release.h"

namespace rhumb::lint {
namespace {

/// For each term its key, "!" where it is hard, "own" or "foreign".
std::string terms(const std::string& manifests) {
  const Release release(manifests);
  std::string out;
  for (const SpreadTerm& term : spread_terms(release.workload("web"), release.objects())) {
    if (!out.empty()) out += " ";
    out += std::string(term.is_constraint ? "spread:" : "anti:") + std::string(term.topology_key) +
           (term.is_hard ? "!" : "") + (term.selects_own ? " own" : " foreign");
  }
  return out;
}

std::string required(const std::string& term) {
  return terms(
      deployment("affinity:\n  podAntiAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      - {"
                 "topologyKey: zone, " +
                 term + "}"));
}

TEST(SpreadTerms, Kinds) {
  EXPECT_EQ("", terms(deployment("containers: []")));
  EXPECT_EQ("anti:zone! own", required("labelSelector: {matchLabels: {app: web}}"));
  EXPECT_EQ("anti:node own", terms(deployment("affinity:\n  podAntiAffinity:\n"
                                              "    preferredDuringSchedulingIgnoredDuringExecution:\n"
                                              "      - weight: 1\n"
                                              "        podAffinityTerm: {topologyKey: node, labelSelector: {}}")));
  EXPECT_EQ("spread:zone! own spread:node foreign",
            terms(deployment("topologySpreadConstraints:\n"
                             "  - {topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}}\n"
                             "  - {topologyKey: node, whenUnsatisfiable: ScheduleAnyway}")));
}

TEST(SpreadTerms, WhatIsMisshapenIsLeftOut) {
  EXPECT_EQ("", terms(deployment("topologySpreadConstraints: {}\naffinity: {podAntiAffinity: "
                                 "{preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1}, text]}}")));
}

TEST(SpreadTerms, SelectorsOfThePods) {
  EXPECT_EQ("anti:zone! foreign", required("labelSelector: null"));
  EXPECT_EQ("anti:zone! own", required("labelSelector: {}"));
  EXPECT_EQ("anti:zone! foreign", required("labelSelector: {matchLabels: {app: web, tier: back}}"));
  EXPECT_EQ("anti:zone! own",
            required("labelSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [x]}]}"));
  EXPECT_EQ("anti:zone! own", required("labelSelector: {}, matchLabelKeys: [app]"));
  EXPECT_EQ("anti:zone! foreign", required("labelSelector: {}, mismatchLabelKeys: [app]"));
  EXPECT_EQ("anti:zone! own", required("labelSelector: {}, mismatchLabelKeys: [other]"));
}

TEST(SpreadTerms, Namespaces) {
  EXPECT_EQ("anti:zone! own", required("labelSelector: {}, namespaces: []"));
  EXPECT_EQ("anti:zone! foreign", required("labelSelector: {}, namespaces: [other]"));
  EXPECT_EQ("anti:zone! own", required("labelSelector: {}, namespaces: [other, default]"));
  EXPECT_EQ("anti:zone! own", required("labelSelector: {}, namespaceSelector: {}"));
  const std::string by_name = "labelSelector: {}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ";
  EXPECT_EQ("anti:zone! own", required(by_name + "default}}"));
  EXPECT_EQ("anti:zone! foreign", required(by_name + "other}}"));
  EXPECT_EQ("anti:zone! own", required("labelSelector: {}, namespaceSelector: {matchLabels: {team: erp}}"));
}

TEST(SpreadTerms, NamespacesOfTheRelease) {
  const std::string term =
      "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
      "zone, labelSelector: {}, namespaceSelector: {matchLabels: {team: erp}}}]}}";
  const auto with_label = [&](const std::string& team) {
    return terms(deployment(term) +
                 "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {team: " + team + "}}\n");
  };
  EXPECT_EQ("anti:zone! own", with_label("erp"));
  EXPECT_EQ("anti:zone! foreign", with_label("crm"));
}

TEST(SharesLabel, OnePlainRequirementIsEnough) {
  const auto shares = [](const std::string& selector) {
    const auto tree = yaml::Tree::read(selector);
    return shares_label(tree->root(), {{"app", "web"}, {"tier", "front"}});
  };
  EXPECT_TRUE(shares("{matchLabels: {app: web, tier: back}}"));
  EXPECT_FALSE(shares("{matchLabels: {app: front}}"));
  EXPECT_TRUE(shares("{matchExpressions: [{key: app, operator: In, values: [web]}]}"));
  EXPECT_FALSE(shares("{matchExpressions: [{key: app, operator: In, values: [web, api]}]}"));
  EXPECT_FALSE(shares("{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}"));
  EXPECT_FALSE(shares("{}"));
}

}  // namespace
}  // namespace rhumb::lint
