// What an update does to pods, and who may have a volume.
#include "lint/support/rollout.h"

#include <gtest/gtest.h>

#include "unit/lint/release.h"

namespace rhumb::lint {
namespace {

/// "surge/unavailable", "-" for none.
std::string update(const std::string& strategy, std::int64_t replicas) {
  const Release release(deployment("containers: []", strategy.empty() ? "" : "  strategy: " + strategy + "\n"));
  const auto found = rolling_update(release.workload(), replicas);
  return found ? std::to_string(found->surge) + "/" + std::to_string(found->unavailable) : "-";
}

TEST(RollingUpdate, Rounding) {
  EXPECT_EQ("1/0", update("", 1));
  EXPECT_EQ("1/0", update("", 3));
  EXPECT_EQ("1/1", update("", 4));
  EXPECT_EQ("2/1", update("{rollingUpdate: {maxSurge: 26%}}", 5));
  EXPECT_EQ("0/1", update("{rollingUpdate: {maxSurge: 0}}", 2));
  EXPECT_EQ("0/2", update("{rollingUpdate: {maxSurge: 0, maxUnavailable: 100%}}", 2));
  EXPECT_EQ("-", update("{type: Recreate}", 2));
  EXPECT_EQ("-", update("{rollingUpdate: {maxSurge: half}}", 2));
}

std::string claim(const std::string& modes) {
  return "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [" + modes +
         "]}\n";
}

Sharing sharing(const std::string& volume, const std::string& others) {
  const Release release(deployment("containers: []\nvolumes: [{name: v, " + volume + "}]") + others);
  return sharing_of(manifest::volumes(release.workload())[0], release.workload(), release.objects());
}

TEST(SharingOf, Claims) {
  const std::string data = "persistentVolumeClaim: {claimName: data}";
  EXPECT_EQ(Sharing::exclusive, sharing(data, claim("ReadWriteOnce")));
  EXPECT_EQ(Sharing::exclusive, sharing(data, claim("ReadWriteOncePod")));
  EXPECT_EQ(Sharing::shared, sharing(data, claim("ReadWriteOnce, ReadWriteMany")));
  EXPECT_EQ(Sharing::shared, sharing(data, claim("ReadOnlyMany")));
  EXPECT_EQ(Sharing::unknown, sharing(data, claim("")));
  EXPECT_EQ(Sharing::unknown, sharing(data, ""));
  EXPECT_EQ(Sharing::shared, sharing("emptyDir: {}", ""));
}

TEST(NeedsToBeAlone, Why) {
  const auto alone = [](const std::string& pod) {
    const Release release(deployment(pod) + claim("ReadWriteOnce"));
    return needs_to_be_alone(release.workload(), release.objects());
  };
  EXPECT_FALSE(alone("containers: [{name: a, ports: [{containerPort: 80, hostPort: 0}]}]"));
  EXPECT_TRUE(alone("containers: [{name: a, ports: [{containerPort: 80, hostPort: 80}]}]"));
  EXPECT_TRUE(alone("hostNetwork: true"));
  EXPECT_TRUE(alone("volumes: [{name: v, hostPath: {path: /data}}]"));
  EXPECT_TRUE(alone("volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]"));
  EXPECT_TRUE(alone("volumes: [{name: v, persistentVolumeClaim: {claimName: elsewhere}}]"));
  EXPECT_FALSE(alone("volumes: [{name: v, emptyDir: {}}]"));
}

}  // namespace
}  // namespace rhumb::lint
