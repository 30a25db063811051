#include "symlinks.h"

#include <algorithm>

#include "rhumb/base/path.h"

namespace rhumb {
namespace {

/// What is resolved so far. As the variable dest of walkSymlinks.
class Resolved {
 public:
  explicit Resolved(bool absolute) { reset(absolute); }

  void reset(bool absolute) {
    floor_ = absolute ? 1 : 0;
    text_ = absolute ? "/" : "";
  }
  const std::string& text() const { return text_; }
  void append(std::string_view element) {
    if (!text_.empty() && text_.back() != '/') text_ += '/';
    text_ += element;
  }
  /// For "..": goes up where that is possible without looking, and keeps the ".." elsewhere.
  void back() {
    const std::size_t slash = text_.rfind('/');
    if (slash == std::string::npos || slash < floor_ || text_.substr(slash + 1) == "..") return append("..");
    text_.resize(slash);
  }
  void drop_last() {
    const std::size_t slash = text_.rfind('/');
    if (slash == std::string::npos || slash < floor_) {
      text_.resize(floor_);
    } else {
      text_.resize(slash);
    }
  }

 private:
  std::size_t floor_ = 0;
  std::string text_;
};

}  // namespace

Result<std::string> resolve_symlinks(std::string path, const LinkReader& reader, int most_links) {
  Resolved resolved(path::is_absolute(path));
  int links = 0;
  for (std::size_t at = 0; at < path.size();) {
    while (at < path.size() && path[at] == '/') ++at;
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string element = path.substr(at, end - at);
    at = end;
    if (element.empty()) break;
    if (element == ".") continue;
    if (element == "..") {
      resolved.back();
      continue;
    }
    resolved.append(element);
    const Result<LinkKind> kind = reader.kind(resolved.text());
    if (!kind) return kind.error();
    if (*kind == LinkKind::missing) return error("lstat " + resolved.text() + ": no such file or directory");
    if (*kind != LinkKind::link) {
      if (*kind != LinkKind::directory && end < path.size()) return error("not a directory");
      continue;
    }
    if (++links > most_links) return error("EvalSymlinks: too many links");
    const Result<std::string> target = reader.target(resolved.text());
    if (!target) return target.error();
    path = *target + path.substr(end);
    at = 0;
    if (path::is_absolute(*target)) {
      resolved.reset(true);
    } else {
      resolved.drop_last();
    }
  }
  return path::clean(resolved.text());
}

}  // namespace rhumb
