#include "rhumb/base/programs.h"

#include <gtest/gtest.h>

namespace rhumb {
namespace {

TEST(Programs, GiveOutputAndStatus) {
  const auto result = make_real_programs()->run({"sh", "-c", "printf out; printf err >&2; exit 3"});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_TRUE(result->found);
  EXPECT_EQ(result->status, 3);
  EXPECT_EQ(result->output, "out");
  EXPECT_EQ(result->error_output, "err");
}

TEST(Programs, TakeArgumentsAsTheyAre) {
  const auto result = make_real_programs()->run({"printf", "%s|", "a b", "$HOME", "line\nbreak", "\"", ""});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output, "a b|$HOME|line\nbreak|\"||");
}

TEST(Programs, MayFillBothStreams) {
  const auto result = make_real_programs()->run(
      {"sh", "-c", "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output.size(), 300000U);
  EXPECT_EQ(result->error_output.size(), 600000U);
}

TEST(Programs, HaveAnEmptyStandardInput) {
  const auto result = make_real_programs()->run({"cat"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output, "");
  EXPECT_EQ(result->status, 0);
}

TEST(Programs, MayBeMissing) {
  const auto result = make_real_programs()->run({"no-program-of-this-name"});
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->found);
}

TEST(Programs, EndBySignal) {
  const auto result = make_real_programs()->run({"sh", "-c", "kill -9 $$"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 128 + 9);
}

TEST(Programs, PrintNoMoreThanTheLimit) {
  const auto result = make_real_programs()->run({"cat", "/dev/zero"}, 100000);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "cannot run cat: it prints more than 100000 bytes");
}

TEST(Programs, RefuseWhatIsNoCommand) {
  const auto nul = make_real_programs()->run({"echo", std::string("a\0b", 3)});
  ASSERT_FALSE(nul);
  EXPECT_EQ(nul.error().message, "cannot run echo: Invalid argument");
  const auto folder = make_real_programs()->run({"/tmp"});
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().message, "cannot run /tmp: Permission denied");
  EXPECT_FALSE(make_real_programs()->run({}));
}

}  // namespace
}  // namespace rhumb
