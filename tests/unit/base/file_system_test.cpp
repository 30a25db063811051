// The two file systems against each other, with the texts of Go's package os.
#include "rhumb/base/file_system.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>

namespace rhumb {
namespace {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "file_system_test.XXXXXX").string();
    path_ = std::filesystem::canonical(mkdtemp(name.data())).string();
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string at(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

template <typename T>
std::string words(const Result<T>& result, const std::string& root) {
  if (result) return "no error";
  std::string text = result.error().message;
  for (std::size_t i = text.find(root); i != std::string::npos; i = text.find(root)) text.replace(i, root.size(), "R");
  return text;
}

/// What a test sees of a file system below a root.
struct Fixture {
  FileSystem& files;
  std::string root;
  std::string at(const std::string& name) const { return root + name; }
};

void expect_usual_answers(const Fixture& test) {
  const FileSystem& files = test.files;
  const auto at = [&](const std::string& name) { return test.at(name); };
  EXPECT_EQ(*files.read(at("a.txt")), "text");
  EXPECT_EQ(*files.read(at("to-a")), "text");
  EXPECT_EQ(*files.read(at("to-d/x")), "x");
  EXPECT_EQ(words(files.read(at("none")), test.root), "open Rnone: no such file or directory");
  EXPECT_EQ(words(files.read(at("d")), test.root), "read Rd: is a directory");
  EXPECT_EQ(words(files.read(at("a.txt/x")), test.root), "open Ra.txt/x: not a directory");
  EXPECT_EQ(words(files.read(at("loop")), test.root), "open Rloop: too many levels of symbolic links");
  EXPECT_EQ(words(files.read(at("dangling")), test.root), "open Rdangling: no such file or directory");

  EXPECT_EQ(files.status(at("a.txt"))->kind, FileKind::regular);
  EXPECT_EQ(files.status(at("a.txt"))->size, 4U);
  EXPECT_EQ(files.status(at("to-d"))->kind, FileKind::directory);
  EXPECT_EQ(files.status(at("dangling"))->kind, FileKind::missing);
  EXPECT_EQ(words(files.status(at("loop")), test.root), "stat Rloop: too many levels of symbolic links");

  EXPECT_EQ(files.link_status(at("to-a"))->kind, FileKind::link);
  EXPECT_EQ(files.link_status(at("dangling"))->kind, FileKind::link);
  EXPECT_EQ(files.link_status(at("a.txt"))->kind, FileKind::regular);
  EXPECT_EQ(files.link_status(at("none"))->kind, FileKind::missing);
  EXPECT_EQ(words(files.link_status(at("a.txt/x")), test.root), "lstat Ra.txt/x: not a directory");

  EXPECT_EQ(*files.list(at("d")), (std::vector<std::string>{"sub", "x"}));
  EXPECT_EQ(*files.list(at("to-d/sub")), (std::vector<std::string>{"Y", "y"}));
  EXPECT_EQ(words(files.list(at("none")), test.root), "open Rnone: no such file or directory");

  EXPECT_EQ(*files.resolve(at("to-d/./sub/../x")), at("d/x"));
  EXPECT_EQ(*files.resolve(at("up/a.txt")), at("a.txt"));
  EXPECT_EQ(words(files.resolve(at("loop")), test.root), "EvalSymlinks: too many links");
  EXPECT_EQ(words(files.resolve(at("dangling")), test.root), "lstat Rnothing: no such file or directory");
  EXPECT_EQ(words(files.resolve(at("a.txt/x")), test.root), "not a directory");
}

void expect_writes(const Fixture& test) {
  FileSystem& files = test.files;
  const std::string path = test.at("new/deep/f");
  EXPECT_EQ(words(files.write(path, "1", false), test.root), "open Rnew/deep/f: no such file or directory");
  EXPECT_TRUE(files.make_directories(test.at("new/deep")).has_value());
  EXPECT_TRUE(files.make_directories(test.at("new/deep")).has_value());
  EXPECT_TRUE(files.write(path, "1", false).has_value());
  EXPECT_TRUE(files.write(path, "2", true).has_value());
  EXPECT_EQ(*files.read(path), "12");
  EXPECT_TRUE(files.write(path, "3", false).has_value());
  EXPECT_EQ(*files.read(path), "3");
  EXPECT_EQ(words(files.write(test.at("new"), "", false), test.root), "open Rnew: is a directory");
  EXPECT_EQ(words(files.make_directories(test.at("a.txt/x")), test.root), "mkdir Ra.txt: not a directory");
}

TEST(FileSystem, Real) {
  const Folder folder;
  const auto files = make_real_file_system();
  ASSERT_TRUE(files->make_directories(folder.at("d/sub")).has_value());
  ASSERT_TRUE(files->write(folder.at("a.txt"), "text", false).has_value());
  ASSERT_TRUE(files->write(folder.at("d/x"), "x", false).has_value());
  ASSERT_TRUE(files->write(folder.at("d/sub/y"), "", false).has_value());
  ASSERT_TRUE(files->write(folder.at("d/sub/Y"), "", false).has_value());
  const std::pair<const char*, const char*> links[]{
      {"to-a", "a.txt"}, {"to-d", "./d"}, {"loop", "loop"}, {"dangling", "nothing"}, {"up", "d/.."}};
  for (const auto& [name, target] : links) ASSERT_EQ(symlink(target, folder.at(name).c_str()), 0);
  const Fixture fixture{*files, folder.at("")};
  expect_usual_answers(fixture);
  expect_writes(fixture);
}

TEST(FileSystem, Memory) {
  MemoryFileSystem files;
  files.add("/r/a.txt", "text");
  files.add("/r/d/x", "x");
  files.add("r/d/sub/y", "");
  files.add("/r/./d/sub/Y", "");
  files.add_symlink("/r/to-a", "a.txt");
  files.add_symlink("/r/to-d", "./d");
  files.add_symlink("/r/loop", "loop");
  files.add_symlink("/r/dangling", "nothing");
  files.add_symlink("/r/up", "d/..");
  const Fixture fixture{files, "/r/"};
  expect_usual_answers(fixture);
  expect_writes(fixture);
  EXPECT_EQ(files.reads().at("/r/a.txt"), 1);
  EXPECT_EQ(files.reads().count("/r/d"), 0U);
}

TEST(FileSystem, RealRefusesWhatHasNoEnd) {
  const auto files = make_real_file_system();
  EXPECT_EQ(files->read("/dev/zero").error().message, "read /dev/zero: file too large");
  EXPECT_EQ(files->read(std::string("a\0b", 3)).error().message, std::string("open a\0b: invalid argument", 26));
  EXPECT_EQ(files->status(std::string(5000, 'x')).error().message,
            "stat " + std::string(5000, 'x') + ": file name too long");
}

TEST(FileSystem, MapsLikeItReads) {
  const Folder folder;
  const auto files = make_real_file_system();
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{4096} * 40, std::size_t{200'001}}) {
    std::string text(size, 'a');
    if (size > 3) text.replace(0, 3, "bcd");
    ASSERT_TRUE(files->write(folder.at("f"), text, false).has_value());
    auto mapped = files->map(folder.at("f"));
    ASSERT_TRUE(mapped.has_value());
    EXPECT_EQ(mapped->view(), text);
    FileText moved = std::move(*mapped);
    ASSERT_TRUE(files->write(folder.at("g"), text, false).has_value());
    EXPECT_EQ(moved.view(), text);
    EXPECT_TRUE(moved.starts_with(""));
    EXPECT_EQ(moved.starts_with("bcd"), size > 3);
    EXPECT_EQ(moved.starts_with("bcdaa"), size > 4);
    EXPECT_FALSE(moved.starts_with("cd"));
    if (size == 0) continue;
    moved.remove_prefix(1);
    EXPECT_EQ(moved.view(), text.substr(1));
    EXPECT_TRUE(moved.starts_with("cd"));
    EXPECT_FALSE(moved.starts_with("bcd"));
  }
  EXPECT_EQ(files->map(folder.at("none")).error().message, files->read(folder.at("none")).error().message);
  EXPECT_EQ(files->map(folder.at("")).error().message, files->read(folder.at("")).error().message);
  EXPECT_EQ(files->map("/dev/zero").error().message, "read /dev/zero: file too large");
}

TEST(FileSystem, RealTellsOtherKinds) {
  const Folder folder;
  const auto files = make_real_file_system();
  ASSERT_EQ(mkfifo(folder.at("pipe").c_str(), 0644), 0);
  ASSERT_EQ(chmod(folder.at("pipe").c_str(), 0644), 0);
  EXPECT_EQ(files->status(folder.at("pipe"))->kind, FileKind::other);
  EXPECT_EQ(files->status(folder.at("pipe"))->mode, "prw-r--r--");
  EXPECT_EQ(files->status("/dev/null")->mode.substr(0, 2), "Dc");
}

TEST(FileSystem, RealAbsolute) {
  const auto files = make_real_file_system();
  EXPECT_EQ(files->absolute("/a/../b/./c/"), "/b/c");
  EXPECT_EQ(files->absolute("."), std::filesystem::current_path().string());
  EXPECT_EQ(files->absolute("x/.."), std::filesystem::current_path().string());
}

TEST(FileSystem, MemoryStandardInput) {
  MemoryFileSystem files;
  files.set_standard_input("in");
  EXPECT_EQ(*files.read_standard_input(), "in");
}

}  // namespace
}  // namespace rhumb
