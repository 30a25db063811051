// The lifecycle of APIs as Kubernetes has it: api_lifecycle.tsv, recorded by tests/oracle/objects.
#include "rhumb/manifest/api_lifecycle.h"

#include <set>

#include "unit/tsv.h"

namespace rhumb::manifest {
namespace {

/// Kinds of requests, which nobody writes down.
const std::set<std::string_view> no_manifests{"DeploymentRollback", "Scale", "Eviction"};

TEST(ApiLifecycle, VersionsAreThoseOfKubernetes) {
  std::size_t lines = 0;
  for (const test::TsvLine& line : test::read_tsv("manifest/api_lifecycle.tsv")) {
    if (no_manifests.contains(line[2])) continue;
    ++lines;
    const ApiLifecycle* const known = api_lifecycle(line[0], line[1], line[2]);
    ASSERT_NE(known, nullptr) << "line " << line.number;
    EXPECT_EQ(std::to_string(known->deprecated), line[3]) << "line " << line.number;
    EXPECT_EQ(std::to_string(known->removed), line[4]) << "line " << line.number;
    EXPECT_TRUE(line[6].empty() || !known->replacement.empty()) << "line " << line.number;
  }
  EXPECT_GT(lines, 60U);
}

TEST(ApiLifecycle, ReplacementsAreNeitherGoneNorGoing) {
  for (const ApiLifecycle& known : api_lifecycles()) {
    if (known.replacement.empty()) continue;
    const std::size_t slash = known.replacement.find('/');
    const std::string_view group = slash == std::string_view::npos ? "" : known.replacement.substr(0, slash);
    const std::string_view version =
        slash == std::string_view::npos ? known.replacement : known.replacement.substr(slash + 1);
    const std::string_view kind = known.replacement_kind.empty() ? known.kind : known.replacement_kind;
    EXPECT_EQ(api_lifecycle(group, version, kind), nullptr) << known.group << "/" << known.version << " " << known.kind;
  }
}

}  // namespace
}  // namespace rhumb::manifest
