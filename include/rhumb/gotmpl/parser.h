// Parsing of one text: its own tree and those of its `define` and `block` actions. The result is frozen and shared by
// renderings and threads. Functions are resolved here, so a tree belongs to the Library it was parsed with.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/arena.h"
#include "rhumb/base/result.h"
#include "rhumb/base/source.h"
#include "rhumb/gotmpl/ast.h"
#include "rhumb/gotmpl/function_table.h"

namespace rhumb::gotmpl {

class ParsedFile;

enum class TreeKind : std::uint8_t { file, define, block };

/// One template of a file.
struct Tree {
  std::string_view name;
  const ListNode* root = nullptr;
  const ParsedFile* file = nullptr;
  TreeKind kind = TreeKind::file;
  /// Nothing but white space and comments (Go's IsEmptyTree): it does not replace a template that exists.
  bool empty = false;
  std::uint32_t position = 0;  // of the name in a define or block
};

/// The trees of one text. Values may point into it (literals), so it outlives every rendering that used it.
class ParsedFile {
 public:
  ParsedFile(const ParsedFile&) = delete;
  ParsedFile& operator=(const ParsedFile&) = delete;

  /// Go's ParseName: what error messages call the file.
  std::string_view name() const { return name_; }
  std::string_view text() const { return text_; }
  /// no_file when no Sources table knows the text.
  FileId file() const { return file_; }
  /// What the text defines, one tree for a name, in order of appearance; that of the file itself is among them (last,
  /// unless a define of the same name replaced it). As the tree set of Go's parse.Parse.
  std::span<const Tree* const> trees() const { return trees_; }

 private:
  friend class FileBuilder;
  friend std::unique_ptr<const ParsedFile> named(std::shared_ptr<const ParsedFile> parsed, std::string_view name,
                                                 FileId file);
  ParsedFile() = default;

  std::string own_text_;
  std::string name_;
  std::string_view text_;
  FileId file_ = no_file;
  Arena arena_;
  std::vector<const Tree*> trees_;
  std::shared_ptr<const ParsedFile> shared_;  // whose nodes these are
  std::vector<Tree> named_trees_;             // of shared nodes under another name
};

/// Parses a source under a name (the template's name, which messages show; the source may be called otherwise).
/// Errors: Diagnostic::message is Go's whole text, "template: NAME:LINE: MESSAGE"; the span is the place that was read
/// last. Nesting that this thread's stack cannot hold is an error too ("template: NAME:LINE: nesting is too deep").
Result<std::unique_ptr<const ParsedFile>> parse(const Sources& sources, FileId file, std::string_view name,
                                                const Library& library);

/// What parse() gives for the same text under another name and number. The nodes are shared: a trace could not tell one
/// file from the other. Null where a template in it is called as the file is, or was: such a text must be parsed again.
std::unique_ptr<const ParsedFile> named(std::shared_ptr<const ParsedFile> parsed, std::string_view name, FileId file);

/// As parse() for a text that is not in a table of sources (tpl); it is kept by the result.
Result<std::unique_ptr<const ParsedFile>> parse_text(std::string text, std::string_view name, const Library& library);

}  // namespace rhumb::gotmpl
