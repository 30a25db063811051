// Expressions as jmespath.org's grammar has them.
#include "lint/support/jmespath.h"

#include <gtest/gtest.h>

namespace rhumb::lint {
namespace {

TEST(JmesPath, TakesWhatTheGrammarTakes) {
  for (const char* expression : {"host",
                                 "a.b.c",
                                 "\"db-host\"",
                                 "a.\"b-c\".d",
                                 "a[0]",
                                 "a[-1].b",
                                 "a[1:5]",
                                 "a[::2]",
                                 "a[:3]",
                                 "a[*].b",
                                 "a[]",
                                 "*",
                                 "a.*",
                                 "a[?b == `1`].c",
                                 "a[?b == 'x' && !c || d]",
                                 "[a, b]",
                                 "{x: a, \"y-z\": b.c}",
                                 "a | b",
                                 "a.[b, c]",
                                 "a.{b: c}",
                                 "to_string(port)",
                                 "join(',', hosts)",
                                 "max_by(a, &b)",
                                 "length(a) > `3`",
                                 "@",
                                 "@.a",
                                 "(a)",
                                 "!a",
                                 "`{\"a\": 1}`",
                                 "'raw string'",
                                 "not_null(a, b, c)",
                                 "a  .  b",
                                 "_a1",
                                 "a[0][1]",
                                 "[0]",
                                 "[*]",
                                 "[?a]",
                                 "'it\\'s'"}) {
    EXPECT_EQ("", jmespath_fault(expression)) << expression;
  }
}

TEST(JmesPath, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "it ends too early"},
      {"db-host", "\"-\" does not belong at character 3; a name with a hyphen must stand in double quotes"},
      {"a.", "it ends too early"},
      {".a", "\".\" does not belong at character 1"},
      {"a..b", "\".\" does not belong at character 3"},
      {"a[", "it ends too early"},
      {"a[0", "it ends too early"},
      {"a[0:1:2:3]", "\"3\" does not belong at character 9"},
      {"a b", "\"b\" does not belong at character 3"},
      {"\"a", "the quote at character 1 is not closed"},
      {"\"\"", "a name in quotes is empty"},
      {"$.a", "\"$\" does not belong at character 1"},
      {"to_text(a)", "there is no function to_text"},
      {"to_string(a, b)", "to_string takes 1 arguments, not 2"},
      {"to_string(", "it ends too early"},
      {"`{`", "the literal is no JSON"},
      {"`1", "the literal at character 1 is not closed"},
      {"{a: b", "it ends too early"},
      {"{1: b}", "\"1\" does not belong at character 2"},
      {"a[?b", "it ends too early"},
      {"a ||", "it ends too early"},
      {"a[b]", "\"b\" does not belong at character 3"},
      {"0a", "\"0\" does not belong at character 1"},
  };
  for (const auto& [expression, fault] : rows) EXPECT_EQ(fault, jmespath_fault(expression)) << expression;
}

TEST(JmesPath, TakesHostileTextsInStride) {
  for (const char* piece : {"(", "[", "a.", "!", "{a:", "a[?"}) {
    std::string text;
    while (text.size() < 100000) text += piece;
    EXPECT_NE("", jmespath_fault(text));
  }
}

}  // namespace
}  // namespace rhumb::lint
