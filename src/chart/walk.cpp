#include "walk.h"

#include "ignore.h"
#include "rhumb/base/path.h"
#include "rhumb/base/stack.h"
#include "rhumb/value/go_number.h"

namespace rhumb::chart {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::uint64_t largest_file_helm3 = 5 << 20;
constexpr std::size_t most_entries = 1'000'000;
/// Links to folders full of links make endless many paths out of few files.
constexpr std::size_t most_links = 10'000;

class Walker {
 public:
  Walker(const LoadContext& context, const FileKeeper& keeper, std::string root)
      : context_(context), keeper_(keeper), root_(std::move(root)), remaining_(context.limits.chart_bytes) {}

  Result<std::vector<File>> run();

 private:
  Result<void> read_rules();
  Result<void> visit(const std::string& path);
  Result<void> visit_folder(const std::string& path);
  Result<void> visit_file(const std::string& path, const std::string& name, const FileStatus& status);
  Result<std::string> follow(const std::string& path);
  Result<FileText> read_within_budget(const std::string& path, const FileStatus& status);

  const LoadContext& context_;
  const FileKeeper& keeper_;
  std::string root_;
  std::uint64_t remaining_;
  std::size_t entries_ = 0;
  std::size_t links_ = 0;
  IgnoreRules rules_;
  std::vector<File> files_;
};

Result<std::vector<File>> Walker::run() {
  if (Result<void> read = read_rules(); !read) return read.error();
  if (Result<void> visited = visit_folder(root_); !visited) return visited.error();
  return std::move(files_);
}

Result<void> Walker::read_rules() {
  const std::string path = path::join(root_, ".helmignore");
  const Result<FileStatus> status = context_.files.status(path);
  if (status && status->kind != FileKind::missing) {
    const Result<std::string> text = context_.files.read(path);
    if (!text) return text.error();
    Result<IgnoreRules> rules = IgnoreRules::parse(*text);
    if (!rules) return rules.error();
    rules_ = std::move(*rules);
  }
  rules_.add_defaults();
  return {};
}

Result<void> Walker::visit_folder(const std::string& path) {
  check_stack("walking a chart's folders");
  // Go walks the root with a slash at its end, which shows in errors.
  const Result<std::vector<std::string>> names = context_.files.list(path == root_ ? path + "/" : path);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (++entries_ > most_entries) {
      return error(root_ + ": the chart has more than " + std::to_string(most_entries) + " files and folders");
    }
    if (Result<void> visited = visit(path::join(path, name)); !visited) return visited;
  }
  return {};
}

/// Where a link leads; says that there is one.
Result<std::string> Walker::follow(const std::string& path) {
  if (++links_ > most_links) {
    return error(root_ + ": the chart has more than " + std::to_string(most_links) + " symbolic links");
  }
  Result<std::string> resolved = context_.files.resolve(path);
  if (!resolved) return error("error evaluating symlink " + path + ": " + resolved.error().message);
  if (context_.helm3) {
    context_.log.write(LogLevel::info, "found symbolic link in path: " + path + " resolves to " + *resolved +
                                           ". Contents of linked file included and used");
  } else {
    context_.log.write(LogLevel::info, "found symbolic link in path. Contents of linked file included and used",
                       {{"path", path}, {"resolved", *resolved}});
  }
  return resolved;
}

Result<void> Walker::visit(const std::string& path) {
  std::string real = path;
  Result<FileStatus> status = context_.files.link_status(path);
  if (!status) return status.error();
  if (status->kind == FileKind::link) {
    Result<std::string> resolved = follow(path);
    if (!resolved) return resolved.error();
    real = std::move(*resolved);
    status = context_.files.status(real);
    if (!status) return error("l" + status.error().message);
  }
  if (status->kind == FileKind::missing) return error("lstat " + real + ": no such file or directory");
  const std::string name = path.substr(root_ == "/" ? 1 : root_.size() + 1);
  const bool is_directory = status->kind == FileKind::directory;
  if (rules_.ignores(name, is_directory, context_.log)) return {};
  return is_directory ? visit_folder(path) : visit_file(path, name, *status);
}

Result<void> Walker::visit_file(const std::string& path, const std::string& name, const FileStatus& status) {
  if (status.kind != FileKind::regular) {
    return error("cannot load irregular file " + path + " as it has file mode type bits set");
  }
  if (context_.helm3 && status.size > largest_file_helm3) {
    return error("chart file " + quote(path::base(name)) + " is larger than the maximum file size " +
                 std::to_string(largest_file_helm3));
  }
  Result<FileText> text = read_within_budget(path, status);
  if (!text) return error("error reading " + name + ": " + text.error().message);
  if (text->starts_with(byte_order_mark)) text->remove_prefix(byte_order_mark.size());
  files_.push_back(keeper_.keep(keeper_.root(), name, std::move(*text)));
  return {};
}

Result<FileText> Walker::read_within_budget(const std::string& path, const FileStatus& status) {
  const auto exceeded = [this] {
    return error("chart exceeds maximum decompressed size of " + std::to_string(context_.limits.chart_bytes) +
                 " bytes");
  };
  if (status.size > remaining_) return exceeded();
  Result<FileText> text = context_.files.map(path);
  if (!text) return text;
  if (text->view().size() > remaining_) return exceeded();
  remaining_ -= text->view().size();
  return text;
}

}  // namespace

Result<std::vector<File>> walk_folder(const std::string& folder, const LoadContext& context, const FileKeeper& keeper) {
  return Walker(context, keeper, context.files.absolute(folder)).run();
}

}  // namespace rhumb::chart
