// What changed since a revision: the files behind `--since`.
#pragma once

#include <string>
#include <vector>

#include "rhumb/base/programs.h"
#include "rhumb/base/result.h"

namespace rhumb::project {

/// The files of the repository around `folder` ("." for the working folder) that differ between the common ancestor of
/// `revision` and HEAD and what lies on disk: committed or not, staged or not, new, changed or gone; new files only
/// where git does not ignore them. As the user would open them, sorted, each once. Asks git, which must be installed.
/// Errors: "--since nope: there is no such revision", "--since main: git is not installed" ...
Result<std::vector<std::string>> changed_paths(const std::string& revision, const std::string& folder,
                                               Programs& programs);

}  // namespace rhumb::project
