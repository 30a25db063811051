// The real file system, by POSIX calls, with the error texts of Go's package os.
#include "rhumb/base/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include "rhumb/base/path.h"
#include "symlinks.h"

namespace rhumb {
namespace {

/// No file that is larger is read: /dev/zero and its like have no end.
constexpr std::size_t largest_file = 1ULL << 30;
#ifdef RHUMB_STRESS
constexpr std::size_t least_mapped = 1;
#else
constexpr std::size_t least_mapped = 32 << 10;  // below, to map takes longer than to read
#endif

/// Go's words for an errno are those of the C library with a small first letter.
std::string error_words(int number) {
  std::string words = std::strerror(number);
  if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z') words[0] = static_cast<char>(words[0] - 'A' + 'a');
  return words;
}

Diagnostic path_error(std::string_view operation, const std::string& path, int number) {
  return error(std::string(operation) + " " + path + ": " + error_words(number));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  bool good() const { return number_ >= 0; }

 private:
  int number_;
};

int open_file(const std::string& path, int flags, mode_t mode = 0) {
  if (path.find('\0') != std::string::npos) {
    errno = EINVAL;
    return -1;
  }
  int number = -1;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (number < 0 && errno == EINTR);
  return number;
}

/// The size that a file has before it is read; none for what is no file, or says that it is empty.
std::optional<std::size_t> size_of(int descriptor) {
  struct stat info {};
  if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0) return std::nullopt;
  return static_cast<std::size_t>(info.st_size);
}

Result<std::string> read_all(int descriptor, const std::string& path, std::optional<std::size_t> size) {
  std::string text;
  // Of such a file a read brings less than was asked for at its end alone.
  const bool has_size = size.has_value();
  if (has_size) {
    if (*size > largest_file) return path_error("read", path, EFBIG);
    text.reserve(*size + 1);
  }
  for (;;) {
    char buffer[64 << 10];
    // Growing to twice the size would take twice the largest file in the end.
    if (!has_size && text.capacity() < text.size() + sizeof buffer && text.capacity() >= largest_file / 4) {
      text.reserve(largest_file + sizeof buffer);
    }
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return path_error("read", path, errno);
    if (count == 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > largest_file) return path_error("read", path, EFBIG);
    if (has_size && static_cast<std::size_t>(count) < sizeof buffer) return text;
  }
}

/// Null where the file is small or cannot be mapped: it is to be read.
std::optional<FileText> map_file(int descriptor, std::size_t size) {
  if (size < least_mapped || size > largest_file) return std::nullopt;
  void* const begin = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (begin == MAP_FAILED) return std::nullopt;
  std::shared_ptr<const void> mapping(begin, [size](void* address) { ::munmap(address, size); });
  // To look at the mapping would take 64 KiB for a file that nobody else looks at.
  std::array<char, 4> first;
  const ssize_t count = ::pread(descriptor, first.data(), first.size(), 0);
  return FileText(std::move(mapping), {static_cast<const char*>(begin), size},
                  {first.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))});
}

/// As os.FileMode prints itself, for what is neither file nor folder.
std::string mode_text(mode_t mode) {
  std::string text;
  if (S_ISFIFO(mode)) text += 'p';
  if (S_ISSOCK(mode)) text += 'S';
  if (S_ISBLK(mode)) text += 'D';
  if (S_ISCHR(mode)) text += "Dc";
  if ((mode & S_ISUID) != 0) text += 'u';
  if ((mode & S_ISGID) != 0) text += 'g';
  if ((mode & S_ISVTX) != 0) text += 't';
  if (text.empty()) text += '-';
  for (int bit = 8; bit >= 0; --bit) text += ((mode >> bit) & 1) != 0 ? "xwr"[bit % 3] : '-';
  return text;
}

FileStatus to_status(const struct stat& info) {
  FileStatus status;
  status.size = static_cast<std::uint64_t>(std::max<off_t>(info.st_size, 0));
  if (S_ISREG(info.st_mode)) {
    status.kind = FileKind::regular;
  } else if (S_ISLNK(info.st_mode)) {
    status.kind = FileKind::link;
  } else if (S_ISDIR(info.st_mode)) {
    status.kind = FileKind::directory;
  } else {
    status.kind = FileKind::other;
    status.mode = mode_text(info.st_mode);
  }
  return status;
}

Result<LinkKind> link_kind(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return path_error("lstat", path, errno);
  if (S_ISLNK(info.st_mode)) return LinkKind::link;
  return S_ISDIR(info.st_mode) ? LinkKind::directory : LinkKind::other;
}

Result<std::string> link_target(const std::string& path) {
  std::string target(256, '\0');
  for (;;) {
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    if (size < 0) return path_error("readlink", path, errno);
    if (static_cast<std::size_t>(size) < target.size()) {
      target.resize(static_cast<std::size_t>(size));
      return target;
    }
    target.resize(target.size() * 2);
  }
}

class RealFileSystem final : public FileSystem {
 public:
  Result<std::string> read(const std::string& path) const override {
    const Descriptor file(open_file(path, O_RDONLY));
    if (!file.good()) return path_error("open", path, errno);
    return read_all(file.get(), path, size_of(file.get()));
  }

  Result<FileText> map(const std::string& path) const override {
    const Descriptor file(open_file(path, O_RDONLY));
    if (!file.good()) return path_error("open", path, errno);
    const std::optional<std::size_t> size = size_of(file.get());
    if (auto mapped = map_file(file.get(), size.value_or(0))) return *std::move(mapped);
    Result<std::string> text = read_all(file.get(), path, size);
    if (!text) return std::move(text).error();
    return FileText(std::move(*text));
  }

  Result<FileStatus> status(const std::string& path) const override {
    if (path.find('\0') != std::string::npos) return path_error("stat", path, EINVAL);
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0) return to_status(info);
    if (errno == ENOENT) return FileStatus{};
    return path_error("stat", path, errno);
  }

  Result<FileStatus> link_status(const std::string& path) const override {
    if (path.find('\0') != std::string::npos) return path_error("lstat", path, EINVAL);
    struct stat info {};
    if (::lstat(path.c_str(), &info) == 0) return to_status(info);
    if (errno == ENOENT) return FileStatus{};
    return path_error("lstat", path, errno);
  }

  Result<std::vector<std::string>> list(const std::string& path) const override {
    DIR* const folder = ::opendir(path.c_str());
    if (folder == nullptr) return path_error("open", path, errno);
    std::vector<std::string> names;
    errno = 0;
    for (const dirent* entry = ::readdir(folder); entry != nullptr; entry = ::readdir(folder)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    const int number = errno;
    ::closedir(folder);
    if (number != 0) return path_error("readdirent", path, number);
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<std::string> resolve(const std::string& path) const override {
    return resolve_symlinks(path, LinkReader{link_kind, link_target});
  }

  std::string absolute(const std::string& path) const override {
    if (path::is_absolute(path)) return path::clean(path);
    char buffer[4096];
    if (::getcwd(buffer, sizeof buffer) == nullptr) return path::clean(path);
    return path::join(buffer, path);
  }

  Result<void> write(const std::string& path, std::string_view text, bool append) override {
    const int flags = O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC);
    const Descriptor file(open_file(path, flags, 0666));
    if (!file.good()) return path_error("open", path, errno);
    while (!text.empty()) {
      const ssize_t count = ::write(file.get(), text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return path_error("write", path, errno);
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }

  Result<void> make_directories(const std::string& path) override {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0) {
      if (S_ISDIR(info.st_mode)) return {};
      return path_error("mkdir", path, ENOTDIR);
    }
    const std::string parent = path::directory(path);
    if (parent != path && parent != ".") {
      Result<void> made = make_directories(parent);
      if (!made) return made;
    }
    if (::mkdir(path.c_str(), 0755) == 0 || errno == EEXIST) return {};
    return path_error("mkdir", path, errno);
  }

  Result<void> replace_folder(const std::string& path, const std::map<std::string, std::string>& files) override {
    const std::string clean = path::clean(path);
    const std::string parent = path::directory(clean);
    if (auto made = make_directories(parent); !made) return made;
    const std::string fresh = parent + "/." + std::string(path::base(clean)) + ".new-" + std::to_string(::getpid());
    if (auto gone = remove_folder(fresh); !gone) return gone;
    Result<void> done = fill_folder(fresh, files);
    if (done) done = exchange(fresh, clean);
    const Result<void> gone = remove_folder(fresh);
    return done ? gone : done;
  }

  Result<std::string> read_standard_input() const override {
    return read_all(STDIN_FILENO, "/dev/stdin", size_of(STDIN_FILENO));
  }

 private:
  Result<void> fill_folder(const std::string& path, const std::map<std::string, std::string>& files) {
    if (::mkdir(path.c_str(), 0755) != 0) return path_error("mkdir", path, errno);
    for (const auto& [name, text] : files) {
      if (auto written = write(path + "/" + name, text, false); !written) return written;
    }
    return {};
  }

  /// Puts the new folder in the place of the old one and the old one, if there is one, in its place: in one step where
  /// the file system can.
  static Result<void> exchange(const std::string& fresh, const std::string& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
      if (::rename(fresh.c_str(), path.c_str()) == 0) return {};
      return path_error("rename", path, errno);
    }
    if (!S_ISDIR(info.st_mode)) return path_error("replace", path, ENOTDIR);
    if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0) return {};
    const std::string old = fresh + ".old";
    if (::rename(path.c_str(), old.c_str()) != 0) return path_error("rename", path, errno);
    if (::rename(fresh.c_str(), path.c_str()) != 0) {
      const int number = errno;
      ::rename(old.c_str(), path.c_str());
      return path_error("rename", path, number);
    }
    if (::rename(old.c_str(), fresh.c_str()) != 0) return path_error("rename", old, errno);
    return {};
  }

  /// A folder of files; one that is not there is none to remove.
  Result<void> remove_folder(const std::string& path) {
    const auto found = link_status(path);
    if (!found) return found.error();
    if (found->kind == FileKind::missing) return {};
    const auto names = list(path);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      if (::unlink((path + "/" + name).c_str()) != 0) return path_error("remove", path + "/" + name, errno);
    }
    if (::rmdir(path.c_str()) != 0) return path_error("remove", path, errno);
    return {};
  }
};

}  // namespace

std::unique_ptr<FileSystem> make_real_file_system() { return std::make_unique<RealFileSystem>(); }

}  // namespace rhumb
