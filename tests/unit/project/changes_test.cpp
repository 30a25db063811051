// --since: with a repository of its own, and with what git may answer.
#include "rhumb/project/changes.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace rhumb {
namespace {

using Paths = std::vector<std::string>;

class ChangesTest : public testing::Test {
 protected:
  void SetUp() override {
    before_ = std::filesystem::current_path();
    folder_ = std::filesystem::temp_directory_path() / ("rhumb-changes-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_ / "repo");
    // Neither the settings of who runs this nor a repository around the folder count.
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_CEILING_DIRECTORIES", folder_.c_str(), 1);
    for (const char* const name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}) unsetenv(name);
    enter("repo");
    git({"init", "-q", "-b", "main"});
    git({"config", "user.name", "Test"});
    git({"config", "user.email", "test@example.com"});
  }
  void TearDown() override {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(folder_);
  }

  void enter(const std::string& folder) { std::filesystem::current_path(folder_ / folder); }
  static void write(const std::string& path, const std::string& text = "text\n") {
    std::filesystem::create_directories(std::filesystem::absolute(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  void git(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "git");
    const auto result = programs_->run(arguments);
    ASSERT_TRUE(result && result->found && result->status == 0)
        << arguments[1] << ": " << (result ? result->error_output : result.error().message);
  }
  void commit(const std::string& message) {
    git({"add", "-A"});
    git({"-c", "commit.gpgsign=false", "commit", "-q", "-m", message});
  }
  Paths changes(const std::string& revision, const std::string& folder = ".") {
    const auto paths = project::changed_paths(revision, folder, *programs_);
    return paths ? *paths : Paths{paths.error().message};
  }

 private:
  std::filesystem::path before_;
  std::filesystem::path folder_;
  std::unique_ptr<Programs> programs_ = make_real_programs();
};

TEST_F(ChangesTest, OfEveryKind) {
  write("kept");
  write("changed");
  write("staged");
  write("deleted");
  write("removed");
  write("old-name");
  write(".gitignore", "ignored\n");
  commit("one");
  EXPECT_EQ(changes("HEAD"), Paths{});
  write("changed", "other\n");
  write("committed");
  git({"mv", "old-name", "new-name"});
  commit("two");
  write("staged", "other\n");
  git({"add", "staged"});
  write("untracked");
  write("ignored");
  write("sub/deep/untracked");
  git({"rm", "-q", "removed"});
  std::filesystem::remove("deleted");
  EXPECT_EQ(changes("HEAD~1"), (Paths{"changed", "committed", "deleted", "new-name", "old-name", "removed", "staged",
                                      "sub/deep/untracked", "untracked"}));
  EXPECT_EQ(changes("HEAD"), (Paths{"deleted", "removed", "staged", "sub/deep/untracked", "untracked"}));
}

TEST_F(ChangesTest, SinceTheCommonAncestor) {
  write("common");
  commit("one");
  git({"checkout", "-q", "-b", "topic"});
  write("of-topic");
  commit("topic");
  git({"checkout", "-q", "main"});
  write("of-main");
  commit("main");
  git({"checkout", "-q", "topic"});
  EXPECT_EQ(changes("main"), Paths{"of-topic"});
}

TEST_F(ChangesTest, OfNamesThatAreHardToWrite) {
  write("one");
  commit("one");
  const Paths names{"a b", "line\nbreak", "quote\"s", "tab\t", "\xC3\xA4", "-dash", "star*"};
  for (const std::string& name : names) write("./" + name);
  Paths sorted = names;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(changes("HEAD"), sorted);
  commit("two");
  EXPECT_EQ(changes("HEAD~1"), sorted);
}

TEST_F(ChangesTest, AsTheUserWouldOpenThem) {
  write("top");
  write("a/b/file");
  commit("one");
  write("top", "other\n");
  write("a/b/file", "other\n");
  write("a/new");
  git({"config", "diff.relative", "true"});
  enter("repo/a");
  EXPECT_EQ(changes("HEAD"), (Paths{"../top", "b/file", "new"}));
  enter(".");
  EXPECT_EQ(changes("HEAD", "repo"), (Paths{"repo/a/b/file", "repo/a/new", "repo/top"}));
}

TEST_F(ChangesTest, Errors) {
  EXPECT_EQ(changes("HEAD"), Paths{"--since HEAD: there is no such revision"});
  write("one");
  commit("one");
  EXPECT_EQ(changes("nope"), Paths{"--since nope: there is no such revision"});
  EXPECT_EQ(changes(""), Paths{"--since : there is no such revision"});
  EXPECT_EQ(changes("--output=x"), Paths{"--since --output=x: there is no such revision"});
  EXPECT_EQ(changes("HEAD:one"), Paths{"--since HEAD:one: there is no such revision"});
  git({"checkout", "-q", "--orphan", "other"});
  commit("other");
  EXPECT_EQ(changes("main"), Paths{"--since main: it has no commit in common with HEAD"});
  enter(".");
  EXPECT_EQ(changes("HEAD"), Paths{"--since HEAD: not a git repository (or any of the parent directories): .git"});
}

TEST_F(ChangesTest, OfAShallowClone) {
  write("one");
  commit("one");
  write("two");
  commit("two");
  enter(".");
  git({"clone", "-q", "--depth", "1", "file://" + std::filesystem::absolute("repo").string(), "clone"});
  enter("clone");
  EXPECT_EQ(changes("HEAD~1"),
            Paths{"--since HEAD~1: there is no such revision; this clone is shallow, fetch its history first"});
}

TEST(Changes, WithoutGit) {
  FakePrograms programs;
  const auto paths = project::changed_paths("main", ".", programs);
  ASSERT_FALSE(paths);
  EXPECT_EQ(paths.error().message, "--since main: git is not installed");
  EXPECT_EQ(programs.runs().size(), 1U);
}

TEST(Changes, WhenGitFailsOnTheWay) {
  const Paths git{"git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", "."};
  const auto command = [&](const Paths& arguments) {
    Paths all = git;
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
  };
  FakePrograms programs;
  programs.add(command({"rev-parse", "--show-cdup", "--show-prefix"}), {true, 0, "\n\n", ""});
  programs.add(command({"rev-parse", "--verify", "--quiet", "--end-of-options", "main^{commit}"}),
               {true, 0, "abc\n", ""});
  programs.add(command({"merge-base", "abc", "HEAD"}), {true, 128, "", "fatal: bad object HEAD\nmore\n"});
  const auto paths = project::changed_paths("main", ".", programs);
  ASSERT_FALSE(paths);
  EXPECT_EQ(paths.error().message, "--since main: bad object HEAD");
}

}  // namespace
}  // namespace rhumb
