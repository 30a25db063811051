#include "lint/support/near_name.h"

#include <gtest/gtest.h>

namespace rhumb::lint {
namespace {

TEST(NearName, Distance) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("abc", "abd"), 1U);
  EXPECT_EQ(edit_distance("abc", "acb"), 1U);
  EXPECT_EQ(edit_distance("abc", "xabc"), 1U);
  EXPECT_EQ(edit_distance("listen-ports", "listen-port"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(NearName, SlipsOfThePen) {
  EXPECT_TRUE(is_near("web", "wbe"));
  EXPECT_TRUE(is_near("certificate-arn", "certificate-arns"));
  EXPECT_TRUE(is_near("app.kubernetes.io/name", "app.kubernets.io/name"));
  EXPECT_FALSE(is_near("web", "web"));
  EXPECT_FALSE(is_near("web", "api"));
  EXPECT_FALSE(is_near("ab", "ac"));
  EXPECT_FALSE(is_near("port", "path"));
  // Two things of a row.
  EXPECT_FALSE(is_near("node-1", "node-2"));
  EXPECT_FALSE(is_near("config", "config2"));
}

TEST(NearName, TheNearestOne) {
  const std::vector<std::string> names{"listen-port", "listener-ports", "listen-ports"};
  EXPECT_EQ(nearest_of("listen-portss", names), "listen-ports");
  EXPECT_EQ(nearest_of("scheme", names), "");
}

}  // namespace
}  // namespace rhumb::lint
