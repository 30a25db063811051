#include "report/excerpt.h"

#include <algorithm>
#include <array>
#include <vector>

#include "report/escape.h"
#include "rhumb/base/utf8.h"

namespace rhumb::report {
namespace {

struct RuneRange {
  char32_t first;
  char32_t last;
};

// The blocks that consist of wide characters, after UAX 11; single exceptions within a block cost a column at most.
constexpr std::array<RuneRange, 14> wide{{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x33FF},
                                          {0x3400, 0x4DBF},
                                          {0x4E00, 0xA4CF},
                                          {0xA960, 0xA97F},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF01, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1F64F},
                                          {0x1F680, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};
constexpr std::array<RuneRange, 5> combining{
    {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}}};

template <std::size_t size>
bool in(const std::array<RuneRange, size>& ranges, char32_t rune) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [rune](const RuneRange& range) { return rune >= range.first && rune <= range.last; });
}

constexpr std::string_view tab = "    ";
constexpr std::string_view ellipsis = "…";

/// One character of the source: what is shown for it, and in how many columns.
struct Cell {
  std::string text;
  std::size_t width = 0;
  std::uint32_t begin = 0;
};

bool is_hidden(const std::vector<Range>& hidden, std::uint32_t at) {
  return std::any_of(hidden.begin(), hidden.end(), [at](const Range& r) { return at >= r.begin && at < r.end; });
}

/// The part of a long line that can matter: nothing is decoded that no screen would show.
Range window(std::string_view line, std::uint32_t begin, std::uint32_t at, std::size_t width) {
  const auto reach = static_cast<std::uint32_t>(width * 4);
  const std::uint32_t end = begin + static_cast<std::uint32_t>(line.size());
  Range out{at - std::min(at - begin, reach), at + std::min(end - std::min(at, end), reach)};
  const auto continues = [&](std::uint32_t offset) {
    return offset > begin && offset < end && (static_cast<unsigned char>(line[offset - begin]) & 0xC0) == 0x80;
  };
  while (continues(out.begin)) --out.begin;
  while (continues(out.end)) ++out.end;
  return out;
}

std::vector<Cell> cells_of(std::string_view text, std::uint32_t base, const std::vector<Range>& hidden) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Rune rune = utf8::decode(text.substr(at));
    Cell cell{{}, 0, static_cast<std::uint32_t>(base + at)};
    if (is_hidden(hidden, cell.begin)) {
      cell.text = "*";
    } else {
      cell.text = rune.value == '\t' ? std::string(tab) : printable(text.substr(at, rune.width));
    }
    cell.width = display_width(cell.text);
    cells.push_back(std::move(cell));
    at += rune.width;
  }
  return cells;
}

std::size_t width_of(const std::vector<Cell>& cells, std::size_t from, std::size_t to) {
  std::size_t width = 0;
  for (std::size_t i = from; i < to; ++i) width += cells[i].width;
  return width;
}

struct Cut {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// The cells around `focus` that fit, ellipses included: two thirds in front of it at most, the rest behind.
Cut fit(const std::vector<Cell>& cells, std::size_t focus, std::size_t width) {
  if (width_of(cells, 0, cells.size()) <= width) return {0, cells.size()};
  const std::size_t room = width - 2;
  std::size_t from = focus;
  std::size_t used = 0;
  while (from > 0 && used + cells[from - 1].width <= room * 2 / 3) used += cells[--from].width;
  std::size_t to = from;
  for (used = 0; to < cells.size() && used + cells[to].width <= room; ++to) used += cells[to].width;
  while (from > 0 && used + cells[from - 1].width <= room) used += cells[--from].width;
  return {from, to};
}

std::string marks(const std::vector<Cell>& cells, const Cut& cut, std::uint32_t begin, std::uint32_t end) {
  std::string out;
  std::size_t marked = 0;
  for (std::size_t i = cut.from; i < cut.to; ++i) {
    if (cells[i].begin < begin) {
      out.append(cells[i].width, ' ');
    } else if (cells[i].begin < end) {
      marked += cells[i].width;
    }
  }
  return out.append("^").append(marked > 1 ? marked - 1 : 0, '~');
}

}  // namespace

std::size_t display_width(char32_t rune) {
  if (in(combining, rune)) return 0;
  return in(wide, rune) ? 2 : 1;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const utf8::Rune rune : utf8::Runes(text)) width += display_width(rune.value);
  return width;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string out;
  std::size_t used = 1;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    used += display_width(rune.value);
    if (used > width) break;
    utf8::append(out, rune.value);
  }
  return out.append(ellipsis);
}

std::optional<Excerpt> excerpt(const View& view, const Span& span, std::size_t width) {
  if (!span.known()) return std::nullopt;
  const SourceText& source = view.sources().get(span.file);
  const auto at = static_cast<std::uint32_t>(std::min<std::size_t>(span.begin, source.text().size()));
  const LineColumn place = source.line_column(at);
  const std::uint32_t begin = at - (place.column - 1);
  const std::string_view line = source.line_at(at);
  const Range part = window(line, begin, at, width);
  const std::string_view text = line.substr(part.begin - begin, part.end - part.begin);
  const std::vector<Cell> cells = cells_of(text, part.begin, view.redactor().hidden(span.file, part.begin, part.end));

  std::size_t focus = 0;
  while (focus < cells.size() && cells[focus].begin < at) ++focus;
  const Cut cut = fit(cells, focus, width);
  Excerpt out{place.line, {}, {}};
  const bool cut_left = cut.from > 0 || part.begin > begin;
  if (cut_left) out.text += ellipsis;
  for (std::size_t i = cut.from; i < cut.to; ++i) out.text += cells[i].text;
  if (cut.to < cells.size() || part.end < begin + line.size()) out.text += ellipsis;
  out.marks = (cut_left ? " " : "") + marks(cells, cut, at, std::max(span.end, at + 1));
  return out;
}

}  // namespace rhumb::report
