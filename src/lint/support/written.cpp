#include "lint/support/written.h"

namespace rhumb::lint {

std::optional<Part> find_written(std::string_view written, std::string_view value, Part part) {
  if (part.size == 0 || part.begin + part.size > value.size()) return {};
  std::string_view sought = value.substr(part.begin, part.size);
  sought = sought.substr(0, sought.find('\n'));
  if (sought.empty()) return {};
  // The same text may stand there several times: the how manieth is it?
  std::size_t before = 0;
  for (std::size_t at = value.find(sought); at < part.begin; at = value.find(sought, at + 1)) ++before;
  std::size_t at = written.find(sought);
  for (; before > 0 && at != std::string_view::npos; --before) at = written.find(sought, at + 1);
  if (at == std::string_view::npos) return {};
  return Part{at, sought.size()};
}

std::string_view written_text(const Run& run, const Object& object, Node node) {
  const std::string_view text = run.files()[object.file].text.text;
  const std::size_t begin = object.offset + node.node()->begin;
  return begin > text.size() ? std::string_view() : text.substr(begin, node.node()->end - node.node()->begin);
}

DraftRef report_part(Context& context, const Object& object, Node node, Part part, std::string message) {
  const auto written = find_written(written_text(context.run(), object, node), node.scalar_text(), part);
  DraftRef draft = context.report(object, node, std::move(message));
  if (written) draft.part(written->begin, written->size);
  return draft;
}

}  // namespace rhumb::lint
