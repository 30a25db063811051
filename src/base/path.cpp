#include "rhumb/base/path.h"

#include <algorithm>

namespace rhumb::path {
namespace {

/// Removes the last element of `out`, which never falls below `floor` bytes.
void drop_last(std::string& out, std::size_t floor) {
  std::size_t end = out.size() - 1;
  while (end > floor && out[end] != '/') --end;
  out.resize(end);
}

}  // namespace

std::string clean(std::string_view path) {
  if (path.empty()) return ".";
  const bool rooted = is_absolute(path);
  std::string out = rooted ? "/" : "";
  std::size_t floor = out.size();  // what ".." must not remove
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view element = path.substr(at, end - at);
    at = end + 1;
    if (element.empty() || element == ".") continue;
    if (element == ".." && out.size() > floor) {
      drop_last(out, floor);
      continue;
    }
    if (element == ".." && rooted) continue;
    if (out.size() > (rooted ? 1U : 0U)) out += '/';
    out += element;
    if (element == "..") floor = out.size();
  }
  return out.empty() ? "." : out;
}

std::string join(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return {};
  if (a.empty()) return clean(b);
  if (b.empty()) return clean(a);
  return clean(std::string(a) + "/" + std::string(b));
}

std::string_view base(std::string_view path) {
  if (path.empty()) return ".";
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  if (path == "/") return path;
  return path.substr(path.rfind('/') + 1);
}

std::string directory(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return clean(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1));
}

std::string_view extension(std::string_view path) {
  for (std::size_t at = path.size(); at-- > 0 && path[at] != '/';) {
    if (path[at] == '.') return path.substr(at);
  }
  return {};
}

}  // namespace rhumb::path
