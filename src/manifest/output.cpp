#include "rhumb/base/glob.h"
#include "rhumb/manifest/manifest.h"

namespace rhumb::manifest {
namespace {

// "# Source: [^/]+/(.+)", first match anywhere in the text; "" for none.
std::string_view source_path(std::string_view text) {
  constexpr std::string_view mark = "# Source: ";
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    const std::size_t chart = at + mark.size();
    const std::size_t slash = text.find('/', chart);
    if (slash == std::string_view::npos) return {};
    if (slash == chart) continue;
    const std::size_t end = std::min(text.find('\n', slash + 1), text.size());
    if (end > slash + 1) return text.substr(slash + 1, end - slash - 1);
  }
  return {};
}

}  // namespace

void append_framed(std::string& out, std::string_view name, std::string_view text) {
  out.append("---\n# Source: ").append(name).append("\n").append(text).append("\n");
}

Result<std::string> show_only(std::string_view text, const std::vector<std::string>& patterns, bool helm3) {
  const std::vector<std::string_view> documents = split(text, helm3);
  std::string out;
  for (const std::string& pattern : patterns) {
    bool found = false;
    for (const std::string_view document : documents) {
      const std::string_view path = source_path(document);
      if (path.empty() || !glob_match(pattern, path).value_or(false)) continue;
      out.append("---\n").append(document).append("\n");
      found = true;
    }
    if (!found) return error("could not find template " + pattern + " in chart");
  }
  return out;
}

}  // namespace rhumb::manifest
