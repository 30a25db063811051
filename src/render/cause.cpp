#include "rhumb/render/cause.h"

#include <algorithm>

#include "render/way.h"

namespace rhumb::render {
namespace {

/// The pieces that bytes [begin, end) of a text consist of.
class Pieces {
 public:
  Pieces(const TracedText& text, std::size_t begin, std::size_t end) : text_(text), begin_(begin), end_(end) {
    const TracePiece* const first = find_piece(text.trace, begin);
    next_ = first == nullptr ? 0 : static_cast<std::size_t>(first - text.trace.data());
  }

  struct Part {
    const TracePiece* piece = nullptr;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// The next one that has text, or stands where the text would.
  bool next(Part& part) {
    while (next_ < text_.trace.size()) {
      const TracePiece& piece = text_.trace[next_];
      if (piece.begin >= end_ && !(piece.begin <= begin_)) return false;
      std::size_t after = next_ + 1;
      while (after < text_.trace.size() && text_.trace[after].kind == PieceKind::slot) ++after;
      const std::size_t piece_end = after < text_.trace.size() ? text_.trace[after].begin : text_.text.size();
      const bool is_slot = piece.kind == PieceKind::slot;
      ++next_;
      part = {&piece, std::max<std::size_t>(piece.begin, begin_), std::min(piece_end, end_)};
      if (!is_slot && (part.begin < part.end || begin_ == end_)) return true;
    }
    return false;
  }

 private:
  const TracedText& text_;
  std::size_t begin_;
  std::size_t end_;
  std::size_t next_;
};

/// Quotes and blanks around a value are not the value.
bool is_decoration(std::string_view text) { return text.find_first_not_of("\"' \n") == std::string_view::npos; }

}  // namespace

Cause explain(const Rendering& rendering, std::size_t file, std::size_t begin, std::size_t end) {
  Cause cause;
  if (rendering.traced() == nullptr) return cause;
  const Way way(rendering);
  const TracedText& text = rendering.files()[file].text;
  Pieces pieces(text, begin, end);
  Pieces::Part own;
  bool found = false;
  for (Pieces::Part part; pieces.next(part);) {
    const bool decoration = is_decoration(std::string_view(text.text).substr(part.begin, part.end - part.begin));
    if (own.piece == nullptr || (!found && !decoration)) own = part;
    found = found || !decoration;
    if (part.piece->kind != PieceKind::literal && part.piece->origin != no_origin) {
      // What a branch wrote without any value has the branch's own origin.
      if (part.piece->origin != way.branch_origin(part.piece->site)) way.add_values(part.piece->origin, cause.values);
    }
  }
  if (own.piece == nullptr) return cause;
  const TracePiece& piece = *own.piece;
  const Span span = piece.kind == PieceKind::literal ? way.literal_span(piece, own.begin, own.end)
                                                     : way.node_span(piece.file, piece.position, piece.site);
  cause.frames.push_back({"", span});
  way.follow(piece.site, cause.frames, &cause.branches);
  return cause;
}

LineColumn output_place(const Rendering& rendering, std::size_t file, std::size_t offset) {
  const std::string_view before = std::string_view(rendering.files()[file].text.text).substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') + 1;  // 0 without a line break
  return {static_cast<std::uint32_t>(lines + 1), static_cast<std::uint32_t>(before.size() - start + 1)};
}

}  // namespace rhumb::render
