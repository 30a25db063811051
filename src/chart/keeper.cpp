#include "keeper.h"

namespace rhumb::chart {

/// A path as the user would open it.
std::string FileKeeper::shown(const std::string& path) const {
  if (context_.shown_path.empty() || !path.starts_with(root_)) return path;
  std::string start = context_.shown_path;
  if (start.ends_with('/')) start.pop_back();
  return start + root_.back() + path.substr(root_.size());
}

File FileKeeper::keep(const std::string& path, std::string name, FileText&& text) const {
  const FileId id = context_.sources.add(shown(path) + name, std::move(text));
  const File kept{std::move(name), context_.sources.get(id).text(), id};
  values_.offer(kept);
  if (context_.on_file) context_.on_file(kept);
  return kept;
}

}  // namespace rhumb::chart
