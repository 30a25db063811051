// Where output comes from. Only reached while tracing.
#include "gotmpl/execution.h"

namespace rhumb::gotmpl {

/// What is written from `begin` on stands for `node`. A piece that stayed empty is replaced.
void Execution::trace_piece(std::size_t begin, const Node& node, OriginId origin) {
  const TracePiece piece{static_cast<std::uint32_t>(begin), tree_->file->file(), node.position, origin};
  std::vector<TracePiece>& trace = out_->trace;
  if (!trace.empty() && trace.back().begin == piece.begin) {
    trace.back() = piece;
  } else {
    trace.push_back(piece);
  }
}

/// The origin of what a branch writes: the value that decided, and the branch around it. What none decided keeps the
/// outer one.
OriginId Execution::enter_branch(const Node& node, const Value& decider) {
  if (decider.origin() == no_origin) return branch_;
  const OriginId deciders[] = {decider.origin(), branch_};
  const Span span{tree_->file->file(), node.position, node.position};
  return context_.origins->add_branch(span, context_.origins->join(deciders));
}

/// A result that does not know where it comes from comes from where its arguments come from.
void Execution::join_origins(Value& result, std::span<const Value> args) const {
  if (result.origin() != no_origin) return;
  std::vector<OriginId> origins;
  for (const Value& arg : args) {
    if (arg.origin() != no_origin) origins.push_back(arg.origin());
    for (const TracePiece& piece : arg.trace()) {
      if (origins.size() >= OriginTable::most_parts) break;
      if (piece.origin != no_origin && (origins.empty() || origins.back() != piece.origin)) {
        origins.push_back(piece.origin);
      }
    }
  }
  if (!origins.empty()) result.set_origin(context_.origins->join(origins));
}

}  // namespace rhumb::gotmpl
