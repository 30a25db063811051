#include "lint/support/kind_switch.h"

#include <algorithm>
#include <array>

#include "lint/support/values_place.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// The folder of the chart that a template belongs to.
std::string_view chart_of(std::string_view file) { return file.substr(0, file.rfind("/templates/")); }

/// The paths of the values that the replicas come from, from the root of the whole chart's values: one for each chart
/// that shares the file under another name.
std::vector<std::string> paths_of(const Run& run, const Object& object, Node replicas) {
  const yaml::TreeNode& at = *replicas.node();
  const render::Cause cause =
      render::explain(*run.rendering, object.file, at.begin + object.offset, at.end + object.offset);
  std::vector<std::string> paths;
  for (const render::ValueCause& value : cause.values) {
    for (const render::ValueLayer& layer : value.layers) {
      for (const ValuesFile& file : run.values_files) {
        if (file.source != layer.span.file) continue;
        paths.push_back(file.scope.empty() ? layer.path : file.scope + "." + layer.path);
      }
    }
  }
  return paths;
}

/// `eq .Values.architecture "high-availability"` of the condition that begins there.
std::string compared_text(std::string_view source, std::size_t begin, std::string_view name) {
  const std::string_view condition = source.substr(begin, source.find("}}", begin) - begin);
  const std::vector<std::string_view> words = strings::fields(condition);
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    const std::string_view text = strings::trim(words[i + 2], "()");
    const bool is_it = strings::trim(words[i], "({-") == "eq" && words[i + 1].ends_with(name);
    if (is_it && text.size() > 2 && text.starts_with('"') && text.ends_with('"')) {
      return std::string(text.substr(1, text.size() - 2));
    }
  }
  return {};
}

std::optional<KindSwitch> read(const Run& run, const render::Slot& slot, const std::string& path) {
  const ValuesPlace place = find_value(run, split_path(path));
  if (place.file == nullptr || place.depth != split_path(path).size() || !place.node.is_scalar()) return {};
  const std::string_view source = run.rendering->sources().get(slot.branch.file).text();
  const std::string name = path.substr(path.rfind('.') + 1);
  KindSwitch found{path, std::string(place.node.scalar_text()), compared_text(source, slot.branch.begin, "." + name)};
  if (found.other.empty() || found.other == found.value) return {};
  return found;
}

}  // namespace

std::optional<KindSwitch> kind_switch(const Context& context, const Object& object, Node replicas) {
  constexpr std::array<std::string_view, 3> names{"architecture", "kind", "mode"};
  const Run& run = context.run();
  if (run.rendering == nullptr || object.kind != "Deployment") return {};
  const std::vector<std::string> paths = paths_of(run, object, replicas);
  for (const render::LeftOutObject& left_out : render::left_out_objects(*run.rendering, "StatefulSet")) {
    const render::Slot& slot = left_out.slot;
    const bool is_of_chart = chart_of(run.files()[left_out.file].name) == chart_of(run.files()[object.file].name);
    if (!slot.branch.known() || !is_of_chart) continue;
    for (const std::string& path : paths) {
      const std::string map = path.substr(0, path.rfind('.') + 1);
      for (const std::string_view name : names) {
        const std::string beside = map + std::string(name);
        if (std::find(slot.keys.begin(), slot.keys.end(), beside) == slot.keys.end()) continue;
        if (auto found = read(run, slot, beside)) return found;
      }
    }
  }
  return {};
}

}  // namespace rhumb::lint
