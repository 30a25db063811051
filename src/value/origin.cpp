#include "rhumb/value/origin.h"

#include <algorithm>
#include <array>

namespace rhumb {

std::span<const OriginId> OriginTable::keep(std::span<const OriginId> ids) {
  OriginId* const kept = arena_.create_array<OriginId>(ids.size());
  std::copy(ids.begin(), ids.end(), kept);
  return {kept, ids.size()};
}

OriginId OriginTable::add_file_node(const OriginNode& node, std::string_view path) {
  Origin origin;
  origin.is_map = node.is_map;
  origin.span = node.span;
  origin.key = node.key;
  origin.path = arena_.copy(path);
  return push(origin);
}

OriginId OriginTable::add_set(Span span, std::string_view path) {
  Origin origin;
  origin.kind = OriginKind::set_flag;
  origin.span = span;
  origin.path = arena_.copy(path);
  return push(origin);
}

OriginId OriginTable::add_override(OriginId winner, OriginId loser) {
  if (loser == no_origin || winner == no_origin || winner == loser) return winner;
  Origin origin;
  origin.kind = OriginKind::override_;
  origin.parts = keep(std::array{winner, loser});
  return push(origin);
}

OriginId OriginTable::join(std::span<const OriginId> ids) {
  std::array<OriginId, most_parts> parts{};
  std::size_t count = 0;
  for (const OriginId id : ids) {
    if (id == no_origin || count == most_parts) continue;
    if (std::find(parts.begin(), parts.begin() + count, id) == parts.begin() + count) parts[count++] = id;
  }
  if (count == 0) return no_origin;
  if (count == 1) return parts[0];
  Origin origin;
  origin.kind = OriginKind::join;
  origin.parts = keep(std::span(parts).first(count));
  return push(origin);
}

OriginId OriginTable::add_branch(Span span, OriginId decider, OriginId outer) {
  Origin origin;
  origin.kind = OriginKind::branch;
  origin.span = span;
  const std::array ids{decider, outer};
  origin.parts = keep(outer == no_origin     ? std::span(ids).first(1)
                      : decider == no_origin ? std::span(ids).last(1)
                                             : ids);
  return push(origin);
}

OriginId OriginTable::add_rendered(const TracePiece& piece, OriginId origin_id) {
  Origin origin;
  origin.kind = OriginKind::rendered;
  origin.span = {piece.file, piece.position, piece.position};
  origin.site = piece.site;
  if (origin_id != no_origin) origin.parts = keep(std::array{origin_id});
  return push(origin);
}

}  // namespace rhumb
