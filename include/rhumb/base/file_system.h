// The only way to files: a real one and one in memory, so that tests can also prove what was not read.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/file_text.h"
#include "rhumb/base/result.h"

namespace rhumb {

enum class FileKind : std::uint8_t { missing, regular, directory, link, other };

struct FileStatus {
  FileKind kind = FileKind::missing;
  std::uint64_t size = 0;
  /// For FileKind::other, Go's os.FileMode type bits in text form as Helm prints them, e.g. "prw-r--r--".
  std::string mode;
};

/// Errors carry Go's words: "open PATH: no such file or directory", "read PATH: is a directory" ...
class FileSystem {
 public:
  FileSystem() = default;
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;
  virtual ~FileSystem() = default;

  virtual Result<std::string> read(const std::string& path) const = 0;
  /// The same for a file that is not looked at as a whole, maybe. It must not be cut while the text is in use.
  virtual Result<FileText> map(const std::string& path) const {
    Result<std::string> text = read(path);
    if (!text) return std::move(text).error();
    return FileText(std::move(*text));
  }
  /// Follows symbolic links. Missing is a status, not an error; the error is for a loop or a refusal ("stat PATH:
  /// ...").
  virtual Result<FileStatus> status(const std::string& path) const = 0;
  /// The same of a symbolic link itself; its errors begin with "lstat PATH: ".
  virtual Result<FileStatus> link_status(const std::string& path) const = 0;
  /// The names in a directory, sorted bytewise, without "." and "..".
  virtual Result<std::vector<std::string>> list(const std::string& path) const = 0;
  /// As Go's filepath.EvalSymlinks: the path with every link resolved, or an error.
  virtual Result<std::string> resolve(const std::string& path) const = 0;
  /// As Go's filepath.Abs.
  virtual std::string absolute(const std::string& path) const = 0;
  virtual Result<void> write(const std::string& path, std::string_view text, bool append) = 0;
  virtual Result<void> make_directories(const std::string& path) = 0;
  /// Makes a folder that holds these files (names without a slash) and nothing else: all of them or, with an error or
  /// an interruption, what was there before. Folders in it are an error.
  virtual Result<void> replace_folder(const std::string& path, const std::map<std::string, std::string>& files) = 0;
  /// What standard input holds (read once).
  virtual Result<std::string> read_standard_input() const = 0;
};

std::unique_ptr<FileSystem> make_real_file_system();

class Log;
/// Passes everything on, and logs what is read and written: paths and sizes, never contents.
std::unique_ptr<FileSystem> make_logged_file_system(FileSystem& files, Log& log);

/// Files by path; directories exist where files lie below them. Counts what is read.
class MemoryFileSystem final : public FileSystem {
 public:
  /// Paths are relative to "/" and kept in their clean, absolute form.
  void add(const std::string& path, std::string text);
  void add_symlink(const std::string& path, const std::string& target);
  void set_standard_input(std::string text) { standard_input_ = std::move(text); }
  /// How often each path was read.
  const std::map<std::string, int>& reads() const { return reads_; }
  const std::map<std::string, std::string>& files() const { return files_; }

  Result<std::string> read(const std::string& path) const override;
  Result<FileStatus> status(const std::string& path) const override;
  Result<FileStatus> link_status(const std::string& path) const override;
  Result<std::vector<std::string>> list(const std::string& path) const override;
  Result<std::string> resolve(const std::string& path) const override;
  std::string absolute(const std::string& path) const override;
  Result<void> write(const std::string& path, std::string_view text, bool append) override;
  Result<void> make_directories(const std::string& path) override;
  Result<void> replace_folder(const std::string& path, const std::map<std::string, std::string>& files) override;
  Result<std::string> read_standard_input() const override;

 private:
  void add_directories(const std::string& path);

  std::map<std::string, std::string> files_;
  std::map<std::string, std::string> links_;
  std::set<std::string> directories_;
  std::string standard_input_;
  mutable std::map<std::string, int> reads_;
};

}  // namespace rhumb
