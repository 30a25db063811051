// Parts of values, found again in the text that they were written as.
#include "lint/support/written.h"

#include <gtest/gtest.h>

namespace rhumb::lint {
namespace {

std::string found(std::string_view written, std::string_view value, Part part) {
  const auto place = find_written(written, value, part);
  return place ? std::string(written.substr(place->begin, place->size)) + " at " + std::to_string(place->begin)
               : "none";
}

TEST(Written, FindsPartsOfScalars) {
  EXPECT_EQ("1.2 at 4", found("app:1.2", "app:1.2", {4, 3}));
  EXPECT_EQ("1.2 at 5", found("\"app:1.2\"", "app:1.2", {4, 3}));
  EXPECT_EQ("b at 8", found("|\n  a\n  b\n", "a\nb\n", {2, 1}));
  EXPECT_EQ("a at 2", found("a-a", "a-a", {2, 1})) << "the second of two";
  EXPECT_EQ("first at 4", found("|\n  first\n  second\n", "first\nsecond\n", {0, 12})) << "the first of two lines";
}

TEST(Written, SaysNothingWhereEscapesChangedIt) {
  EXPECT_EQ("none", found("\"\\u0061\"", "a", {0, 1}));
  EXPECT_EQ("none", found("abc", "abc", {0, 0}));
  EXPECT_EQ("none", found("abc", "abc", {2, 5}));
}

}  // namespace
}  // namespace rhumb::lint
