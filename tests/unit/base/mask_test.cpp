#include "rhumb/base/mask.h"

#include <gtest/gtest.h>

namespace rhumb {
namespace {

TEST(Mask, KeepsTheStartAndTheLength) {
  EXPECT_EQ(mask("AKIAQWERTYUIOPASDFGH"), "AKIA****************");
  EXPECT_EQ(mask("0123456789abcdef"), "0123************");
}

TEST(Mask, ShowsLessOfShortOnes) {
  EXPECT_EQ(mask(""), "");
  EXPECT_EQ(mask("abc"), "***");
  EXPECT_EQ(mask("hunter2"), "h******");
  EXPECT_EQ(mask("0123456789abcde"), "012************");
}

TEST(Mask, TellsTheLengthOfLongOnes) {
  EXPECT_EQ(mask(std::string(39, 'x')), "xxxx" + std::string(35, '*'));
  EXPECT_EQ(mask(std::string(40, 'x')), "xxxx************ (40 characters)");
}

TEST(Mask, CountsCharactersAndHidesLineBreaks) {
  EXPECT_EQ(mask("größergrößer\nabc"), "größ************");
  EXPECT_EQ(mask("a\xff"), "**");
  EXPECT_EQ(mask("\xff\xff\xff\xff"), "\xEF\xBF\xBD***");
}

}  // namespace
}  // namespace rhumb
