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

/// Adds the names directly below the folder. The keys of the table (of a map or a set) are sorted.
template <typename Table, typename KeyOf>
void add_children(const Table& table, const std::string& folder, const KeyOf& key_of, std::set<std::string>& names) {
  const std::string prefix = folder == "/" ? "/" : folder + "/";
  for (auto at = table.upper_bound(prefix); at != table.end() && key_of(*at).starts_with(prefix); ++at) {
    const std::string& path = key_of(*at);
    if (path.find('/', prefix.size()) == std::string::npos) names.insert(path.substr(prefix.size()));
  }
}

/// Everything the tables know, by canonical path.
struct Tables {
  const std::map<std::string, std::string>& files;
  const std::map<std::string, std::string>& links;
  const std::set<std::string>& directories;

  std::set<std::string> children(const std::string& folder) const {
    const auto first = [](const auto& entry) -> const std::string& { return entry.first; };
    const auto itself = [](const std::string& path) -> const std::string& { return path; };
    std::set<std::string> names;
    add_children(files, folder, first, names);
    add_children(links, folder, first, names);
    add_children(directories, folder, itself, names);
    return names;
  }

  bool is_directory(const std::string& path) const { return path == "/" || directories.contains(path); }

  LinkKind kind(const std::string& path) const {
    if (links.contains(path)) return LinkKind::link;
    if (files.contains(path)) return LinkKind::other;
    return is_directory(path) ? LinkKind::directory : LinkKind::missing;
  }

  LinkReader reader() const {
    return {[this](const std::string& path) -> Result<LinkKind> { return kind(path); },
            [this](const std::string& path) -> Result<std::string> { return links.at(path); }};
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

void MemoryFileSystem::add_directories(const std::string& path) {
  for (std::string at = path; at != "/" && directories_.insert(at).second;) at = path::directory(at);
}

void MemoryFileSystem::add(const std::string& path, std::string text) {
  const std::string own = canonical(path);
  add_directories(path::directory(own));
  files_[own] = std::move(text);
}

void MemoryFileSystem::add_symlink(const std::string& path, const std::string& target) {
  const std::string own = canonical(path);
  add_directories(path::directory(own));
  links_[own] = target;
}

Result<std::string> MemoryFileSystem::read(const std::string& path) const {
  const Tables tables{files_, links_, directories_};
  const Result<std::string> real = tables.follow(path);
  if (!real) return path_error("open", path, real.error().message);
  if (tables.kind(*real) == LinkKind::directory) return path_error("read", path, "is a directory");
  ++reads_[path];
  return files_.at(*real);
}

Result<FileStatus> MemoryFileSystem::status(const std::string& path) const {
  const Tables tables{files_, links_, directories_};
  const Result<std::string> real = tables.follow(path);
  if (!real && real.error().message == "no such file or directory") return FileStatus{};
  if (!real) return path_error("stat", path, real.error().message);
  if (tables.kind(*real) == LinkKind::directory) return FileStatus{FileKind::directory, 0, {}};
  return FileStatus{FileKind::regular, files_.at(*real).size(), {}};
}

Result<FileStatus> MemoryFileSystem::link_status(const std::string& path) const {
  const Tables tables{files_, links_, directories_};
  const std::string own = canonical(path);
  const Result<std::string> folder = tables.follow(path::directory(own));
  if (!folder && folder.error().message == "no such file or directory") return FileStatus{};
  if (!folder) return path_error("lstat", path, folder.error().message);
  if (tables.kind(*folder) != LinkKind::directory) return path_error("lstat", path, "not a directory");
  const std::string real = path::join(*folder, path::base(own));
  switch (tables.kind(real)) {
    case LinkKind::missing: return FileStatus{};
    case LinkKind::link: return FileStatus{FileKind::link, 0, {}};
    case LinkKind::directory: return FileStatus{FileKind::directory, 0, {}};
    default: return FileStatus{FileKind::regular, files_.at(real).size(), {}};
  }
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
  std::string& file = files_[canonical(path)];
  if (!append) file.clear();
  file += text;
  return {};
}

Result<void> MemoryFileSystem::make_directories(const std::string& path) {
  const Tables tables{files_, links_, directories_};
  for (std::string at = canonical(path); at != "/"; at = path::directory(at)) {
    if (tables.kind(at) == LinkKind::other) return path_error("mkdir", at, "not a directory");
  }
  add_directories(canonical(path));
  return {};
}

Result<void> MemoryFileSystem::replace_folder(const std::string& path,
                                              const std::map<std::string, std::string>& files) {
  const std::string folder = canonical(path);
  const auto is_inside = [&](const std::string& name) { return name.starts_with(folder + "/"); };
  for (const std::string& directory : directories_) {
    if (is_inside(directory)) return path_error("remove", directory, "is a directory");
  }
  if (auto made = make_directories(folder); !made) return made;
  std::erase_if(files_, [&](const auto& file) { return is_inside(file.first); });
  for (const auto& [name, text] : files) files_[folder + "/" + name] = text;
  return {};
}

Result<std::string> MemoryFileSystem::read_standard_input() const { return standard_input_; }

}  // namespace rhumb
