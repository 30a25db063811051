#include "rhumb/base/source.h"

#include <algorithm>

namespace rhumb {

const std::vector<std::uint32_t>& SourceText::line_starts() const {
  std::call_once(once_, [this] {
    line_starts_.push_back(0);
    const std::string_view text = text_.view();
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    }
  });
  return line_starts_;
}

LineColumn SourceText::line_column(std::uint32_t offset) const {
  const auto& starts = line_starts();
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - starts.begin());
  return {line, offset - starts[line - 1] + 1};
}

std::string_view SourceText::line_at(std::uint32_t offset) const {
  const std::uint32_t line = line_column(offset).line;
  const std::uint32_t begin = line_starts()[line - 1];
  const std::string_view rest = text_.view().substr(begin);
  std::string_view view = rest.substr(0, rest.find('\n'));
  if (!view.empty() && view.back() == '\r') view.remove_suffix(1);
  return view;
}

FileId Sources::add(std::string name, FileText text) {
  const std::lock_guard lock(mutex_);
  texts_.emplace_back(std::move(name), std::move(text));
  return static_cast<FileId>(texts_.size());
}

const SourceText& Sources::get(FileId id) const {
  const std::lock_guard lock(mutex_);
  return texts_.at(id - 1);
}

std::uint32_t Sources::size() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::uint32_t>(texts_.size());
}

}  // namespace rhumb
