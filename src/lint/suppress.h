// What silences findings: comments in templates and values files, annotations of objects (those of kube-linter,
// kube-score and polaris too), ignores of rhumb.yaml.
//
// A comment `# rhumb: ignore[rule, rule] reason` (or {{/* rhumb: ignore[rule] reason */}}) counts for its own line; one
// that stands alone on its line counts for the next line that is none, and for all that is indented below that.
// `ignore-file` counts for the whole file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"
#include "rhumb/lint/finding.h"
#include "rhumb/lint/lint.h"

namespace rhumb::lint {

struct IgnoreComment {
  Span span;  // of the comment
  std::vector<std::string> rules;
  std::string reason;
  bool whole_file = false;
  // The bytes it counts for.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool used = false;

  bool covers(std::string_view rule, Span place) const;
};

std::vector<IgnoreComment> find_ignore_comments(FileId file, std::string_view text);

/// An annotation of the object, of its pods or, for kube-linter, of everything that silences the rule.
std::optional<Suppression> annotated_suppression(const Rule& rule, const Object& object);

/// Comments and configuration of one target. Not for several threads.
class Suppressor {
 public:
  Suppressor(const Target& target, const Sources& sources, std::string today)
      : target_(target), sources_(sources), today_(std::move(today)), used_(target.configuration.ignores.size()) {}

  /// Reads the comments of a file, once.
  void add_file(FileId file);
  std::optional<Suppression> find(const Finding& finding, std::string_view environment);
  /// What silenced nothing, has no reason, names no rule or is out of date, as drafts of the rule unused-ignore.
  std::vector<Draft> complaints() const;

 private:
  std::optional<Suppression> by_comment(const Finding& finding);
  std::optional<Suppression> by_configuration(const Finding& finding, std::string_view environment);
  bool is_expired(const Ignore& ignore) const { return !ignore.expires.empty() && ignore.expires < today_; }

  const Target& target_;
  const Sources& sources_;
  std::string today_;
  std::map<FileId, std::vector<IgnoreComment>> comments_;
  std::map<std::string, FileId> files_by_name_;
  std::vector<bool> used_;
};

}  // namespace rhumb::lint
