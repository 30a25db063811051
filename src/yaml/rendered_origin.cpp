#include "rendered_origin.h"

#include <array>

namespace rhumb::yaml {

OriginId rendered_origin(OriginTable& origins, std::span<const TracePiece> trace, std::size_t begin, std::size_t end,
                         OriginId whole) {
  const TracePiece* const first = find_piece(trace, begin);
  if (first == nullptr) return whole;
  std::array<OriginId, OriginTable::most_parts> parts{};
  std::size_t count = 0;
  for (const TracePiece* piece = first; piece != trace.data() + trace.size(); ++piece) {
    if (piece != first && piece->begin >= end) break;
    if (piece->kind == PieceKind::value && count < parts.size()) parts[count++] = piece->origin;
  }
  const OriginId origin = origins.join(std::span<const OriginId>(parts).first(count));
  if (!first->placed()) return origin;
  TracePiece place = *first;
  if (place.kind == PieceKind::literal) place.position += static_cast<std::uint32_t>(begin) - place.begin;
  return origins.add_rendered(place, origin);
}

}  // namespace rhumb::yaml
