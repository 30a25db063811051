#include "lint/support/left_out.h"

#include <algorithm>

#include "lint/text_place.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// Of the whole chart's values, where the file of a layer stands.
std::string whole_path(const ValuesFile& file, const std::string& path) {
  return file.scope.empty() ? path : file.scope + "." + path;
}

bool is_scope(const Run& run, std::string_view path) {
  return path.empty() || std::any_of(run.values_files.begin(), run.values_files.end(),
                                     [&](const ValuesFile& file) { return file.scope == path; });
}

std::string_view folder_of(std::string_view file) { return file.substr(0, file.rfind('/')); }

/// "dataCoord" is the component of "shop-data-coord".
std::string plain(std::string_view text) {
  std::string out = strings::to_lower(text);
  std::erase(out, '-');
  return out;
}

/// The key without its last steps.
std::string_view without_steps(std::string_view key, std::size_t count) {
  for (; count > 0; --count) {
    const std::size_t dot = key.rfind('.');
    if (dot == std::string_view::npos) return {};
    key = key.substr(0, dot);
  }
  return key;
}

}  // namespace

std::string_view chart_folder(std::string_view file) { return file.substr(0, file.rfind("/templates/")); }

std::vector<Switch> switches_of(const Run& run, const render::Slot& slot) {
  std::vector<Switch> found;
  for (const render::ValueCause& cause : slot.deciders) {
    const render::ValueLayer* const layer = winner(cause);
    if (layer == nullptr) continue;
    for (const ValuesFile& file : run.values_files) {
      if (file.source != layer->span.file || file.tree == nullptr) continue;
      const Node value = yaml::find_path(file.tree->root(), layer->path);
      if (value.scalar_text() == "false") found.push_back({whole_path(file, layer->path), cause});
      break;
    }
  }
  return found;
}

Node map_around(const Run& run, std::string_view key) {
  const std::string_view path = without_steps(key, 1);
  for (const ValuesFile& file : run.values_files) {
    if (file.tree == nullptr) continue;
    std::string_view rest = path;
    if (!file.scope.empty()) {
      if (!rest.starts_with(file.scope) || rest.size() <= file.scope.size() + 1) continue;
      rest.remove_prefix(file.scope.size() + 1);
    }
    const Node map = yaml::find_path(file.tree->root(), rest);
    if (map.is_map() && map.size() > 1) return map;
  }
  return {};
}

int kinship(const Run& run, const Workload& workload, const render::LeftOutObject& object, std::string_view key,
            std::size_t own) {
  const std::string_view file = run.files()[workload.object->file].name;
  const std::string_view other = run.files()[object.file].name;
  if (chart_folder(file) != chart_folder(other)) return 0;
  const bool is_root = folder_of(other) == std::string(chart_folder(other)) + "/templates";
  const bool is_same_folder = folder_of(file) == folder_of(other);
  const std::string_view component = without_steps(key, own);
  if (is_scope(run, component)) return is_same_folder ? 2 : 1;
  const std::string name = plain(component.substr(component.rfind('.') + 1));
  const bool is_named = strings::contains(plain(file.substr(chart_folder(file).size())), name) ||
                        strings::contains(plain(workload.object->name), name);
  if (is_named) return is_same_folder ? 4 : 3;
  return is_same_folder && !is_root ? 3 : 0;
}

}  // namespace rhumb::lint
