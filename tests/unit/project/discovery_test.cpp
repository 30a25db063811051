// What is found without being told.
#include <gtest/gtest.h>

#include "unit/project/world.h"

namespace rhumb {
namespace {

std::string found(const MemoryFileSystem& files, const std::string& start) {
  const auto path = project::find_project_file(start, files);
  if (!path) return "error: " + path.error().message;
  return path->value_or("none");
}

TEST(FindProjectFile, LooksUpToTheRootOfTheRepository) {
  MemoryFileSystem files;
  files.add("rhumb.yaml", "");
  files.add("repo/.git/HEAD", "");
  files.add("repo/rhumb.yaml", "");
  files.add("repo/charts/tms/Chart.yaml", "");
  files.add("repo/inner/rhumb.yaml", "");
  files.add("repo/inner/deep/er/file.yaml", "");
  files.add("bare/.git", "gitdir: elsewhere\n");  // of a submodule or another working tree
  files.add("bare/charts/x/Chart.yaml", "");
  files.add("plain/charts/x/Chart.yaml", "");
  files.add("odd/rhumb.yaml/folder", "");
  const std::vector<std::pair<std::string, std::string>> rows{
      {".", "rhumb.yaml"},
      {"repo", "repo/rhumb.yaml"},
      {"repo/charts/tms", "repo/rhumb.yaml"},
      {"./repo/charts/tms/", "repo/rhumb.yaml"},
      {"/repo/charts/tms", "/repo/rhumb.yaml"},
      {"repo/charts/tms/Chart.yaml", "repo/rhumb.yaml"},
      {"repo/charts/gone", "repo/rhumb.yaml"},
      {"repo/inner/deep/er", "repo/inner/rhumb.yaml"},
      {"bare/charts/x", "none"},
      {"plain/charts/x", "rhumb.yaml"},
      {"odd", "rhumb.yaml"},
  };
  for (const auto& [start, path] : rows) EXPECT_EQ(found(files, start), path) << start;
}

TEST(FindProjectFile, NoneIsNoError) {
  MemoryFileSystem files;
  files.add("a/b/c", "");
  EXPECT_EQ(found(files, "."), "none");
  EXPECT_EQ(found(files, "a/b"), "none");
  EXPECT_EQ(found(files, "/"), "none");
}

TEST(DefaultEnvironments, OfAChart) {
  MemoryFileSystem files;
  test::add_charts(files);
  const auto environments = project::default_environments("charts/shop", files);
  ASSERT_EQ(environments.size(), 3U);
  EXPECT_EQ(environments[0].name, "");
  EXPECT_TRUE(environments[0].value_files.empty());
  EXPECT_EQ(environments[0].release, "release-name");
  EXPECT_EQ(environments[1].name, "bare");
  EXPECT_EQ(environments[1].value_files, (std::vector<std::string>{"charts/shop/ci/bare-values.yaml"}));
  EXPECT_EQ(environments[2].name, "tls");
}

TEST(DefaultEnvironments, OfWhatHasNoFolder) {
  MemoryFileSystem files;
  test::add_charts(files);
  EXPECT_EQ(project::default_environments("charts/tms", files).size(), 1U);
  EXPECT_EQ(project::default_environments("charts/packed-1.0.0.tgz", files).size(), 1U);
  EXPECT_EQ(project::default_environments("charts/gone", files).size(), 1U);
}

}  // namespace
}  // namespace rhumb
