// From files to the charts and environments that they are part of.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "project/folders.h"
#include "rhumb/base/path.h"
#include "rhumb/base/wildcard.h"
#include "rhumb/project/project.h"

namespace rhumb::project {
namespace {

bool is_within(std::string_view path, std::string_view folder) {
  if (folder == "/") return true;
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

class Selector {
 public:
  Selector(const Project& project, const FileSystem& files)
      : project_(project), files_(files), chosen_(project.charts.size()) {
    for (std::size_t i = 0; i < project.charts.size(); ++i) add_chart(i);
    for (const std::string& pattern : project.exclude) excluded_.push_back(absolute(pattern));
  }

  void add(const std::string& path) {
    const std::string file = absolute(path);
    if (is_settings(file)) {
      std::fill(chosen_.begin(), chosen_.end(), Choice{true, {}});
      return;
    }
    if (is_excluded(file)) return;
    bool is_part = false;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
      const bool is_inside = is_within(file, charts_[i]);
      is_part = is_part || is_inside;
      if (is_inside) chosen_[i].all = true;
    }
    choose_users(file);
    if (is_part) return;
    const std::optional<std::string> chart = outermost_chart(path);
    if (chart && seen_.insert(absolute(*chart)).second) others_.push_back(*chart);
  }

  std::vector<Selection> result() const {
    std::vector<Selection> selections;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      const ChartEntry& chart = project_.charts[i];
      if (chosen_[i].all || chosen_[i].environments.size() == chart.environments.size()) {
        if (chosen_[i].all || !chart.environments.empty()) selections.push_back({chart.path, {}});
      } else if (!chosen_[i].environments.empty()) {
        selections.push_back({chart.path, names(chart, chosen_[i].environments)});
      }
    }
    for (const std::string& chart : others_) selections.push_back({chart, {}});
    return selections;
  }

 private:
  struct Choice {
    bool all = false;
    std::set<std::size_t> environments;
  };

  std::string absolute(const std::string& path) const { return path::clean(files_.absolute(path)); }

  bool is_settings(const std::string& file) const {
    if (!project_.file.empty() && file == absolute(project_.file)) return true;
    return project_.baseline && file == absolute(*project_.baseline);
  }

  bool is_excluded(const std::string& file) const {
    const auto matches = [&](const std::string& pattern) {
      return wildcard_match(pattern, file) || wildcard_match(pattern + "/*", file);
    };
    return std::any_of(excluded_.begin(), excluded_.end(), matches);
  }

  void add_chart(std::size_t index) {
    const ChartEntry& chart = project_.charts[index];
    charts_.push_back(absolute(chart.path));
    for (std::size_t i = 0; i < chart.environments.size(); ++i) {
      for (const std::string& file : chart.environments[i].value_files) users_[absolute(file)].emplace_back(index, i);
    }
  }

  void choose_users(const std::string& file) {
    const auto found = users_.find(file);
    if (found == users_.end()) return;
    for (const auto& [chart, environment] : found->second) {
      // The defaults have no name to select them by: the chart is taken whole.
      if (project_.charts[chart].environments[environment].name.empty()) chosen_[chart].all = true;
      chosen_[chart].environments.insert(environment);
    }
  }

  static std::vector<std::string> names(const ChartEntry& chart, const std::set<std::size_t>& indexes) {
    std::vector<std::string> names;
    for (const std::size_t index : indexes) names.push_back(chart.environments[index].name);
    return names;
  }

  bool holds(const std::string& folder, std::string_view name) const {
    const auto status = files_.status(path::join(folder, name));
    return status && status->kind != FileKind::missing;
  }

  /// A folder in the words of the user, and where it is.
  struct Folder {
    std::string path;
    std::string absolute;

    Folder parent() const { return {folder_above(path), path::directory(absolute)}; }
    bool is_root() const { return absolute == "/"; }
  };

  /// The innermost folder above that is a chart, then the chart in whose charts/ it lies, and so on. Looks no further
  /// than the root of the repository.
  std::optional<std::string> outermost_chart(const std::string& path) const {
    Folder folder{path::clean(path), absolute(path)};
    while (!holds(folder.absolute, "Chart.yaml")) {
      if (folder.is_root() || holds(folder.absolute, ".git")) return std::nullopt;
      folder = folder.parent();
    }
    for (;;) {
      const Folder charts = folder.parent();
      const Folder parent = charts.parent();
      if (path::base(charts.absolute) != "charts" || !holds(parent.absolute, "Chart.yaml")) return folder.path;
      folder = parent;
    }
  }

  const Project& project_;
  const FileSystem& files_;
  std::vector<Choice> chosen_;         // of each chart of the project
  std::vector<std::string> charts_;    // their absolute paths
  std::vector<std::string> excluded_;  // absolute patterns
  /// By absolute path of a values file: chart and environment.
  std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>, std::less<>> users_;
  std::vector<std::string> others_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<Selection> select(const Project& project, const std::vector<std::string>& paths, const FileSystem& files) {
  Selector selector(project, files);
  for (const std::string& path : paths) selector.add(path);
  return selector.result();
}

}  // namespace rhumb::project
