// Files in memory. Paths are compared as absolute, clean ones, with "/" as the working directory. Links are followed
// as the kernel does it, with its limit and its errors.
#include <algorithm>

#include "rhumb/base/file_system.h"
#include "rhumb/base/path.h"
#include "symlinks.h"

namespace rhumb {
namespace {

constexpr int most_links_of_kernel = 40;

std::string canonical(std::string_view path) { return path::clean("/" + std::string(path)); }

template <typename Table>
auto find_path(const Table& table, const std::string& path) {
  auto at = table.find(path);
  if (at == table.end()) at = table.find(path.substr(1));
  if (at != table.end()) return at;
  return std::find_if(table.begin(), table.end(), [&](const auto& entry) { return canonical(entry.first) == path; });
}

/// The name of the entry of `folder` that leads to `path`; empty when none does.
std::string child_towards(const std::string& folder, const std::string& path) {
  const std::string prefix = folder == "/" ? "/" : folder + "/";
  if (!path.starts_with(prefix) || path.size() == prefix.size()) return {};
  return path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size());
}

/// Everything the tables know, by canonical path.
struct Tables {
  const std::map<std::string, std::string>& files;
  const std::map<std::string, std::string>& links;
  const std::set<std::string>& directories;

  std::set<std::string> children(const std::string& folder) const {
    std::set<std::string> names;
    for (const auto& [path, text] : files) names.insert(child_towards(folder, canonical(path)));
    for (const auto& [path, target] : links) names.insert(child_towards(folder, canonical(path)));
    for (const std::string& path : directories) names.insert(child_towards(folder, canonical(path)));
    names.erase("");
    return names;
  }

  bool is_directory(const std::string& path) const {
    return path == "/" || directories.contains(path) || !children(path).empty();
  }

  LinkKind kind(const std::string& path) const {
    if (find_path(links, path) != links.end()) return LinkKind::link;
    if (find_path(files, path) != files.end()) return LinkKind::other;
    return is_directory(path) ? LinkKind::directory : LinkKind::missing;
  }

  LinkReader reader() const {
    return {[this](const std::string& path) -> Result<LinkKind> { return kind(path); },
            [this](const std::string& path) -> Result<std::string> { return find_path(links, path)->second; }};
  }

  /// The path with all links resolved; the words of the error alone when that fails.
  Result<std::string> follow(const std::string& path) const {
    Result<std::string> resolved = resolve_symlinks(canonical(path), reader(), most_links_of_kernel);
    if (resolved) return resolved;
    const std::string& text = resolved.error().message;
    if (text.starts_with("EvalSymlinks")) return error("too many levels of symbolic links");
    const std::size_t colon = text.rfind(": ");
    return error(colon == std::string::npos ? text : text.substr(colon + 2));
  }
};

Diagnostic path_error(std::string_view operation, const std::string& path, std::string_view words) {
  return error(std::string(operation) + " " + path + ": " + std::string(words));
}

}  // namespace

Result<std::string> MemoryFileSystem::read(const std::string& path) const {
  const Tables tables{files_, links_, directories_};
  const Result<std::string> real = tables.follow(path);
  if (!real) return path_error("open", path, real.error().message);
  if (tables.kind(*real) == LinkKind::directory) return path_error("read", path, "is a directory");
  ++reads_[path];
  return find_path(files_, *real)->second;
}

Result<FileStatus> MemoryFileSystem::status(const std::string& path) const {
  const Tables tables{files_, links_, directories_};
  const Result<std::string> real = tables.follow(path);
  if (!real && real.error().message == "no such file or directory") return FileStatus{};
  if (!real) return path_error("stat", path, real.error().message);
  if (tables.kind(*real) == LinkKind::directory) return FileStatus{FileKind::directory, 0, {}};
  return FileStatus{FileKind::regular, find_path(files_, *real)->second.size(), {}};
}

bool MemoryFileSystem::is_symlink(const std::string& path) const {
  const Tables tables{files_, links_, directories_};
  const std::string own = canonical(path);
  const Result<std::string> folder = tables.follow(path::directory(own));
  if (!folder) return false;
  return tables.kind(path::join(*folder, path::base(own))) == LinkKind::link;
}

Result<std::vector<std::string>> MemoryFileSystem::list(const std::string& path) const {
  const Tables tables{files_, links_, directories_};
  const Result<std::string> real = tables.follow(path);
  if (!real) return path_error("open", path, real.error().message);
  if (tables.kind(*real) != LinkKind::directory) return path_error("open", path, "not a directory");
  const std::set<std::string> names = tables.children(*real);
  return std::vector<std::string>(names.begin(), names.end());
}

Result<std::string> MemoryFileSystem::resolve(const std::string& path) const {
  const Tables tables{files_, links_, directories_};
  return resolve_symlinks(canonical(path), tables.reader());
}

std::string MemoryFileSystem::absolute(const std::string& path) const { return canonical(path); }

Result<void> MemoryFileSystem::write(const std::string& path, std::string_view text, bool append) {
  const Tables tables{files_, links_, directories_};
  if (!tables.is_directory(canonical(path::directory(path)))) {
    return path_error("open", path, "no such file or directory");
  }
  if (tables.kind(canonical(path)) == LinkKind::directory) return path_error("open", path, "is a directory");
  const auto known = find_path(files_, canonical(path));
  std::string& file = files_[known == files_.end() ? path : known->first];
  if (!append) file.clear();
  file += text;
  return {};
}

Result<void> MemoryFileSystem::make_directories(const std::string& path) {
  const Tables tables{files_, links_, directories_};
  for (std::string at = canonical(path); at != "/"; at = path::directory(at)) {
    if (tables.kind(at) == LinkKind::other) return path_error("mkdir", at, "not a directory");
    directories_.insert(at);
  }
  return {};
}

Result<std::string> MemoryFileSystem::read_standard_input() const { return standard_input_; }

}  // namespace rhumb
