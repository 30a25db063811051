#include "rhumb/value/origin.h"

#include <algorithm>

namespace rhumb {

OriginId OriginTable::push(Origin origin, std::string path) {
  own_.push_back(std::make_unique<Own>(Own{std::move(origin), std::move(path)}));
  own_.back()->origin.path = own_.back()->path;
  return next() - 1;
}

OriginId OriginTable::add_node(Span span, std::string path) {
  return push({OriginKind::yaml_node, span, {}, {}}, std::move(path));
}

OriginId OriginTable::add_set(Span span, std::string path) {
  return push({OriginKind::set_flag, span, {}, {}}, std::move(path));
}

OriginId OriginTable::add_override(OriginId winner, OriginId loser) {
  if (loser == no_origin || winner == loser) return winner;
  return push({OriginKind::override_, {}, {}, {winner, loser}}, {});
}

OriginId OriginTable::join(std::span<const OriginId> ids) {
  std::vector<OriginId> parts;
  for (const OriginId id : ids) {
    if (id == no_origin || parts.size() == most_parts) continue;
    if (std::find(parts.begin(), parts.end(), id) == parts.end()) parts.push_back(id);
  }
  if (parts.empty()) return no_origin;
  if (parts.size() == 1) return parts.front();
  return push({OriginKind::join, {}, {}, std::move(parts)}, {});
}

OriginId OriginTable::add_branch(Span span, OriginId decider) {
  return push({OriginKind::branch, span, {}, {decider}}, {});
}

const Origin& OriginTable::get(OriginId id) const {
  return id < first_ ? base_->get(id) : own_.at(id - first_)->origin;
}

}  // namespace rhumb
