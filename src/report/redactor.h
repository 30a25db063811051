// Keeps credentials out of reports: by place in excerpts of the sources, and by text wherever else they turn up.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/source.h"
#include "rhumb/lint/lint.h"

namespace rhumb::report {

/// Bytes [begin, end) of a file.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

class Redactor {
 public:
  Redactor(const lint::Outcome& outcome, const Sources& sources);

  /// What is masked within bytes [begin, end) of a file: in order, apart from each other.
  std::vector<Range> hidden(FileId file, std::uint32_t begin, std::uint32_t end) const;
  /// These bytes with a star for every masked character.
  std::string source(FileId file, std::uint32_t begin, std::uint32_t end) const;
  /// Any other text, without the credentials that are long enough to be told from a word.
  std::string text(std::string_view text) const;

 private:
  void add(const Span& span);
  void add_line(FileId file, Range line, bool first);
  void add_literals(std::string_view text, std::uint32_t base, std::vector<Range>& found) const;

  const Sources& sources_;
  std::map<FileId, std::vector<Range>> ranges_;
  std::set<std::string, std::less<>> literals_;
  std::uint32_t longest_literal_ = 0;
};

}  // namespace rhumb::report
