// What is found without being told: the project's file, and environments in ci/.
#include "project/folders.h"
#include "rhumb/base/path.h"
#include "rhumb/project/project.h"

namespace rhumb::project {
namespace {

constexpr std::string_view project_file_name = "rhumb.yaml";
constexpr std::string_view values_suffix = "-values.yaml";

Result<bool> exists(const std::string& path, const FileSystem& files) {
  const auto status = files.status(path);
  if (!status) return status.error();
  return status->kind != FileKind::missing;
}

}  // namespace

Result<std::optional<std::string>> find_project_file(const std::string& start, const FileSystem& files) {
  const auto status = files.status(start);
  if (!status) return status.error();
  const bool is_file = status->kind != FileKind::directory && status->kind != FileKind::missing;
  for (std::string folder = path::clean(is_file ? path::directory(start) : start);; folder = folder_above(folder)) {
    const std::string candidate = path::join(folder, project_file_name);
    const auto candidate_status = files.status(candidate);
    if (!candidate_status) return candidate_status.error();
    if (candidate_status->kind == FileKind::regular) return std::optional(candidate);
    const auto is_root = exists(path::join(folder, ".git"), files);
    if (!is_root) return is_root.error();
    if (*is_root || files.absolute(folder) == "/") return std::optional<std::string>();
  }
}

std::vector<lint::Environment> default_environments(const std::string& chart, const FileSystem& files) {
  std::vector<lint::Environment> environments(1);
  const std::string folder = path::join(chart, "ci");
  const auto names = files.list(folder);
  if (!names) return environments;
  for (const std::string& name : *names) {
    if (!name.ends_with(values_suffix) || name == values_suffix) continue;
    const std::string file = path::join(folder, name);
    const auto status = files.status(file);
    if (!status || status->kind != FileKind::regular) continue;
    lint::Environment& environment = environments.emplace_back();
    environment.name = name.substr(0, name.size() - values_suffix.size());
    environment.value_files.push_back(file);
  }
  return environments;
}

}  // namespace rhumb::project
