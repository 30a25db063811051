// The functions that take every rule of this program. By themselves, so that the rest needs no rule to be linked.
#include "rhumb/project/project.h"

namespace rhumb::project {

Result<Project> read_project(const std::string& path, const FileSystem& files, Sources& sources) {
  return read_project(path, files, sources, RuleCatalogue{lint::rules()});
}

std::string configuration_schema() { return configuration_schema(RuleCatalogue{lint::rules()}); }

}  // namespace rhumb::project
