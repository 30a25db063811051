#include <gtest/gtest.h>

#include "rhumb/manifest/manifest.h"

namespace rhumb::manifest {
namespace {

struct Case {
  const char* name;
  std::string_view text;
  std::vector<std::string_view> helm4;
  std::vector<std::string_view> helm3;
};

// What SplitManifests of helm 4.3.1 and 3.22 makes of each text.
const Case cases[] = {
    {"empty", "", {}, {}},
    {"blank", " \n\t\n", {}, {}},
    {"one", "a: 1\n", {"a: 1\n"}, {"a: 1"}},
    {"two", "a: 1\n---\nb: 2\n", {"a: 1\n", "b: 2\n"}, {"a: 1", "b: 2"}},
    {"leading", "\n---\n\na: 1\n", {"a: 1\n"}, {"a: 1"}},
    {"glued", "---a: 1\n---b: 2", {"a: 1\n", "b: 2"}, {"a: 1", "b: 2"}},
    {"indented_is_text", "a: |\n  ---\n  x\n", {"a: |\n  ---\n  x\n"}, {"a: |\n  ---\n  x"}},
    {"comment_behind", "a: 1\n--- # c\nb: 2\n", {"a: 1\n", "# c\nb: 2\n"}, {"a: 1", "# c\nb: 2"}},
    {"four_dashes", "a: 1\n----\nb: 2\n", {"a: 1\n", "-\nb: 2\n"}, {"a: 1", "-\nb: 2"}},
    {"trailing_blanks_stay", "a: 1  \n\n---\nb: 2\n\n", {"a: 1  \n\n", "b: 2\n\n"}, {"a: 1", "b: 2"}},
    {"carriage_return", "a: 1\r\n---\r\nb: 2\r\n", {"a: 1\r\n", "b: 2\r\n"}, {"a: 1", "b: 2"}},
    {"only_separators", "---\n---\n---\n", {}, {"---"}},
    {"no_line_feed_before_end", "a: 1\n---", {"a: 1\n"}, {"a: 1"}},
};

TEST(Split, Tables) {
  for (const Case& row : cases) {
    EXPECT_EQ(split(row.text), row.helm4) << row.name;
    EXPECT_EQ(split(row.text, true), row.helm3) << row.name << " (Helm 3)";
  }
}

}  // namespace
}  // namespace rhumb::manifest
