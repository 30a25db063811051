#include "rhumb/base/suggest.h"

#include <gtest/gtest.h>

#include <array>

#include "rhumb/base/wildcard.h"

namespace rhumb {
namespace {

TEST(EditDistance, CountsChanges) {
  struct Row {
    const char* a;
    const char* b;
    std::size_t distance;
  };
  const Row rows[] = {{"", "", 0},        {"abc", "abc", 0},        {"", "abc", 3},
                      {"abc", "", 3},     {"abc", "abd", 1},        {"abc", "ab", 1},
                      {"abc", "abcd", 1}, {"abc", "acb", 1},        {"abcd", "badc", 2},
                      {"ca", "abc", 3},   {"kitten", "sitting", 3}, {"ABC", "abc", 0},
                      {"a_b", "a-b", 0},  {"ab", "ba", 1},          {"enviroments", "environments", 1}};
  for (const Row& row : rows) EXPECT_EQ(edit_distance(row.a, row.b), row.distance) << row.a << " " << row.b;
}

TEST(Nearest, SuggestsOneOrNone) {
  constexpr std::array<std::string_view, 8> names{"development", "staging",   "production", "environments",
                                                  "environment", "namespace", "set",        "setString"};
  struct Row {
    const char* name;
    const char* found;
  };
  const Row rows[] = {{"enviroments", "environments"},
                      {"enviroment", "environment"},
                      {"env", ""},  // two begin so
                      {"prod", "production"},
                      {"PROD", "production"},
                      {"dev", "development"},
                      {"stagnig", "staging"},
                      {"Staging", "staging"},
                      {"set-string", "setString"},
                      {"ste", "set"},
                      {"pr", ""},
                      {"xyz", ""},
                      {"", ""},
                      {"live", ""}};
  for (const Row& row : rows) EXPECT_EQ(nearest(row.name, names), row.found) << row.name;
  EXPECT_EQ(nearest(std::string(100000, 'a'), names), "");
  EXPECT_EQ(did_you_mean("prod", names), "; did you mean 'production'?");
  EXPECT_EQ(did_you_mean("xyz", names), "");
}

TEST(WildcardMatch, MatchesTheWholeText) {
  struct Row {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Row rows[] = {{"", "", true},
                      {"", "a", false},
                      {"a", "a", true},
                      {"a", "ab", false},
                      {"*", "", true},
                      {"*", "a/b", true},
                      {"a*", "a", true},
                      {"a*c", "abbc", true},
                      {"a*c", "abcd", false},
                      {"*a*b*", "xaxbx", true},
                      {"?", "a", true},
                      {"?", "", false},
                      {"a?c", "a/c", true},
                      {"**", "abc", true},
                      {"[a]", "[a]", true},
                      {"[a]", "a", false},
                      {"*.yaml", "x/y.yaml", true},
                      {"a*b", "ab", true},
                      {"*ab", "aab", true},
                      {"a\\*", "a\\x", true}};
  for (const Row& row : rows) EXPECT_EQ(wildcard_match(row.pattern, row.text), row.matches) << row.pattern << row.text;
  std::string stars;
  for (int i = 0; i < 2000; ++i) stars += "*a";
  EXPECT_FALSE(wildcard_match(stars + "b", std::string(4000, 'a')));
}

}  // namespace
}  // namespace rhumb
