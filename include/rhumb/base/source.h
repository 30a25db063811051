// Source text and places in it. Every token, node, value and piece of output carries offsets; lines and columns are
// computed when somebody asks. Files get a number in a Sources table, which is append-only and may be shared by
// threads: a SourceText never moves.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/file_text.h"

namespace rhumb {

using FileId = std::uint32_t;
inline constexpr FileId no_file = 0;

/// A half-open range of bytes in a file of a Sources table. file == no_file: no place is known.
struct Span {
  FileId file = no_file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool known() const { return file != no_file; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// Line and column, both counted from 1; the column counts bytes.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// One file (or one string that was parsed as if it were a file). Immutable.
class SourceText {
 public:
  SourceText(std::string name, FileText text) : name_(std::move(name)), text_(std::move(text)) {}

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_.view(); }
  LineColumn line_column(std::uint32_t offset) const;
  /// The line (without its line break) that holds the offset.
  std::string_view line_at(std::uint32_t offset) const;

 private:
  const std::vector<std::uint32_t>& line_starts() const;

  std::string name_;
  FileText text_;
  mutable std::once_flag once_;
  mutable std::vector<std::uint32_t> line_starts_;
};

/// All sources of a run. Thread-safe; references stay valid as long as the table.
class Sources {
 public:
  FileId add(std::string name, FileText text);
  const SourceText& get(FileId id) const;
  /// The number of files; their ids are 1..size().
  std::uint32_t size() const;

 private:
  mutable std::mutex mutex_;
  std::deque<SourceText> texts_;
};

}  // namespace rhumb
