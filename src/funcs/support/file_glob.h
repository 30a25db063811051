// The globs of .Files.Glob: github.com/gobwas/glob 0.2.3 with the separator "/", its faults included. `*` and `?` do
// not cross a slash, `**` does, `[abc]`, `[!a-z]`, `{a,b}`, `\` takes the next rune as it is.
//
// That library compiles a pattern into a tree of matchers that are merged with each other, and what some mergers give
// differs from the pattern: the rune after a text beyond ASCII is cut in half, a tree inside of alternatives never
// matches ... Hence the same tree is built here.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

namespace rhumb::funcs {

class GlobTree;

class FileGlob {
 public:
  /// Nullopt for a malformed pattern. Throws LimitError for one that is too large.
  static std::optional<FileGlob> compile(std::string_view pattern);

  FileGlob(FileGlob&&) noexcept;
  FileGlob& operator=(FileGlob&&) noexcept;
  ~FileGlob();

  /// Whether the whole name matches. Throws FunctionError where the library panics, LimitError where it takes too long.
  bool match(std::string_view name) const;

 private:
  explicit FileGlob(std::unique_ptr<GlobTree> tree);

  std::unique_ptr<GlobTree> tree_;
};

}  // namespace rhumb::funcs
