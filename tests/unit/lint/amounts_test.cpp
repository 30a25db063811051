// Numbers of pods and shares of them.
#include "lint/support/amounts.h"

#include <gtest/gtest.h>

namespace rhumb::lint {
namespace {

std::string fault(const std::string& value, bool at_most_all = true) {
  const auto tree = yaml::Tree::read("field: " + value);
  return amount_fault(tree->root()["field"], at_most_all);
}

TEST(AmountFault, WhatTheApiServerTakes) {
  for (const char* value : {"null", "0", "3", "0%", "100%", "'50%'"}) EXPECT_EQ("", fault(value)) << value;
  EXPECT_EQ("", fault("200%", false));
}

TEST(AmountFault, AndWhatNot) {
  EXPECT_EQ("field is negative", fault("-1"));
  EXPECT_EQ("field is neither a number nor a percentage", fault("0.5"));
  EXPECT_EQ("field is neither a number nor a percentage", fault("[1]"));
  EXPECT_EQ("field \"1\" is no percentage, which is digits and a % sign", fault("'1'"));
  EXPECT_EQ("field \"50 %\" is no percentage, which is digits and a % sign", fault("50 %"));
  EXPECT_EQ("field 101% is more than 100%", fault("101%"));
}

}  // namespace
}  // namespace rhumb::lint
