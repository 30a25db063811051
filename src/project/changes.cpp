#include "rhumb/project/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"

namespace rhumb::project {
namespace {

constexpr int git_found_nothing = 1;

/// "fatal: not a git repository (or any of the parent directories): .git" without what git puts before it.
std::string first_line(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return std::string(strings::trim_prefix(strings::trim_prefix(line, "fatal: "), "error: "));
}

std::string_view without_newline(std::string_view text) { return strings::trim_suffix(text, "\n"); }

class Changes {
 public:
  Changes(const std::string& revision, const std::string& folder, Programs& programs)
      : revision_(revision), folder_(folder), programs_(programs) {}

  Result<std::vector<std::string>> list() {
    // From the folder up to the root ("../", a line), and from the root down to the folder ("charts/", the rest).
    const auto ways = git(folder_, {"rev-parse", "--show-cdup", "--show-prefix"});
    if (!ways) return ways.error();
    if (ways->status != 0) return refuse(first_line(ways->error_output));
    const std::size_t line = std::min(ways->output.find('\n'), ways->output.size());
    const std::string root = path::join(folder_, ways->output.substr(0, line));
    prefix_ = without_newline(std::string_view(ways->output).substr(std::min(line + 1, ways->output.size())));
    const auto base = common_ancestor(root);
    if (!base) return base.error();
    // Against the disk, so that one question answers for commits, the index and the working tree. Options of the
    // user's configuration that would change the answer are set.
    if (auto asked = collect(root, {"diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-relative",
                                    "--ignore-submodules=none", *base, "--"});
        !asked) {
      return asked.error();
    }
    if (auto asked = collect(root, {"ls-files", "--others", "--exclude-standard", "-z"}); !asked) return asked.error();
    return std::vector<std::string>(paths_.begin(), paths_.end());
  }

 private:
  Diagnostic refuse(std::string_view reason) const { return error(fmt::format("--since {}: {}", revision_, reason)); }

  /// git may not be asked to run what a configuration names, nor to write to the index.
  Result<ProgramResult> git(const std::string& folder, const std::vector<std::string>& arguments) {
    std::vector<std::string> command{"git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", folder};
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto result = programs_.run(command);
    if (!result) return refuse(result.error().message);
    if (!result->found) return refuse("git is not installed");
    return result;
  }

  Result<std::string> common_ancestor(const std::string& root) {
    const auto commit = git(root, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision_ + "^{commit}"});
    if (!commit) return commit.error();
    if (commit->status != 0) return refuse("there is no such revision" + shallow_advice(root));
    const std::string id(without_newline(commit->output));
    const auto base = git(root, {"merge-base", id, "HEAD"});
    if (!base) return base.error();
    if (base->status == git_found_nothing) {
      return refuse("it has no commit in common with HEAD" + shallow_advice(root));
    }
    if (base->status != 0) return refuse(first_line(base->error_output));
    return std::string(without_newline(base->output));
  }

  /// What CI systems fetch is often the last commit alone.
  std::string shallow_advice(const std::string& root) {
    const auto answer = git(root, {"rev-parse", "--is-shallow-repository"});
    if (!answer || without_newline(answer->output) != "true") return {};
    return "; this clone is shallow, fetch its history first";
  }

  Result<void> collect(const std::string& root, const std::vector<std::string>& arguments) {
    const auto result = git(root, arguments);
    if (!result) return result.error();
    if (result->status != 0) return refuse(first_line(result->error_output));
    for (const std::string_view name : strings::split(result->output, std::string_view("\0", 1))) {
      if (name.empty()) continue;
      const bool is_below = name.starts_with(prefix_);
      paths_.insert(is_below ? path::join(folder_, name.substr(prefix_.size())) : path::join(root, name));
    }
    return {};
  }

  const std::string& revision_;
  const std::string& folder_;
  Programs& programs_;
  std::string prefix_;
  std::set<std::string> paths_;
};

}  // namespace

Result<std::vector<std::string>> changed_paths(const std::string& revision, const std::string& folder,
                                               Programs& programs) {
  return Changes(revision, folder, programs).list();
}

}  // namespace rhumb::project
