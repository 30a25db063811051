#include "rhumb/render/cause.h"

#include <algorithm>

namespace rhumb::render {
namespace {

void add_layers(const OriginTable& origins, OriginId id, ValueCause& cause) {
  const Origin& origin = origins.get(id);
  if (origin.kind == OriginKind::override_) {
    for (const OriginId part : origin.parts) add_layers(origins, part, cause);
  } else if (origin.kind == OriginKind::yaml_node || origin.kind == OriginKind::set_flag) {
    const auto kind = origin.kind == OriginKind::yaml_node ? ValueLayer::Kind::file : ValueLayer::Kind::set_flag;
    cause.layers.push_back({kind, origin.span, {}, std::string(origin.path)});
  }
}

void add_values(const OriginTable& origins, OriginId id, Cause& cause) {
  if (id == no_origin) return;
  const Origin& origin = origins.get(id);
  if (origin.kind == OriginKind::join) {
    for (const OriginId part : origin.parts) add_values(origins, part, cause);
  } else if (origin.kind != OriginKind::branch) {
    ValueCause value;
    add_layers(origins, id, value);
    if (!value.layers.empty()) cause.values.push_back(std::move(value));
  }
}

}  // namespace

Cause explain(const Rendering& rendering, std::size_t file, std::size_t begin, std::size_t end) {
  Cause cause;
  const std::vector<TracePiece>& trace = rendering.files()[file].text.trace;
  auto at = std::upper_bound(trace.begin(), trace.end(), begin,
                             [](std::size_t offset, const TracePiece& piece) { return offset < piece.begin; });
  if (at != trace.begin()) --at;
  for (; at != trace.end() && at->begin < std::max(end, begin + 1); ++at) {
    if (cause.frames.empty()) cause.frames.push_back({"", {at->file, at->position, at->position}});
    add_values(*rendering.origins(), at->origin, cause);
  }
  return cause;
}

std::optional<Slot> find_slot(const Rendering&, std::size_t, std::size_t, std::size_t, std::string_view) { return {}; }
std::vector<ValueRead> unread_values(const Rendering&) { return {}; }

}  // namespace rhumb::render
