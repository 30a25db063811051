// Where output comes from. Only reached while tracing.
#include <algorithm>
#include <array>
#include <utility>

#include "gotmpl/execution.h"

namespace rhumb::gotmpl {

/// What is written from `begin` on stands for `node`. A piece that stayed empty is replaced.
void Execution::trace_piece(std::size_t begin, const Node& node, OriginId origin, PieceKind kind) {
  const TracePiece piece{
      static_cast<std::uint32_t>(begin), tree_->file->file(), node.position, origin, place_.site, kind};
  std::vector<TracePiece>& trace = out_->trace;
  if (!trace.empty() && trace.back().begin == piece.begin && trace.back().kind != PieceKind::slot) {
    trace.back() = piece;
  } else {
    trace.push_back(piece);
  }
}

/// The same for what an action prints.
void Execution::trace_value(const Node& node, OriginId origin) {
  trace_piece(out_->text.size(), node, origin, PieceKind::value);
  take_rendered(out_->trace.back(), node);
}

/// A value that was read back from a rendered text was written there.
void Execution::take_rendered(TracePiece& piece, const Node& node) {
  if (piece.origin == no_origin) return;
  const Origin& from = context_.origins->get(piece.origin);
  if (from.kind != OriginKind::rendered) return;
  piece.file = from.span.file;
  piece.position = from.span.begin;
  piece.origin = from.parts.empty() ? no_origin : from.parts[0];
  piece.site = printed_site(from.site, node);
}

/// Whether the template under way is the text that tpl was given.
bool Execution::is_given_text() const { return text_ != nullptr && tree_->file->file() == no_file; }

void Execution::write_traced(const TextNode& node) {
  if (!is_given_text()) {
    trace_piece(out_->text.size(), node, place_.branch, PieceKind::literal);
    return write(node.text);
  }
  // A part of that text, which knows where it comes from.
  const std::size_t first = out_->trace.size();
  const std::size_t begin = out_->text.size();
  out_->append(*text_, node.position, node.text.size());
  if (out_->trace.size() == first) trace_piece(begin, node, place_.branch, PieceKind::literal);
  place_pieces(first, node);
  check_output();
}

/// The pieces from number `from` on are written by `node`.
void Execution::place_pieces(std::size_t from, const Node& node) {
  SiteId inner = no_site;
  SiteId outer = no_site;
  for (std::size_t i = from; i < out_->trace.size(); ++i) {
    TracePiece& piece = out_->trace[i];
    if (!piece.placed()) {
      piece.file = tree_->file->file();
      piece.position = node.position;
      piece.site = place_.site;
      take_rendered(piece, node);
      continue;
    }
    if (piece.site == no_site && node.type == NodeType::text) {
      piece.site = place_.site;  // a file that tpl was given is the template
      continue;
    }
    if (inner != piece.site || outer == no_site) {
      inner = piece.site;
      outer = printed_site(inner, node);
    }
    piece.site = outer;
  }
}

/// The way to a text that `node` prints: that of the text, when a call within the node made it, else both.
SiteId Execution::printed_site(SiteId inner, const Node& node) {
  if (is_called_here(inner)) return inner;
  Site site;
  site.kind = SiteKind::print;
  site.file = tree_->file->file();
  site.parent = place_.site;
  site.inner = inner;
  site.node = &node;
  return traces_.find_or_add(site);
}

bool Execution::is_called_here(SiteId site) const {
  const auto first = calls_.begin() + static_cast<std::ptrdiff_t>(action_calls_);
  if (first == calls_.end()) return false;
  for (; site != no_site; site = traces_.find(site)->parent) {
    if (std::find(first, calls_.end(), site) != calls_.end()) return true;
  }
  return false;
}

/// Where we are within a template that a function executes: `text` is what tpl was given.
Execution::TracePlace Execution::called(const Tree& tree, const Value* text) {
  if (call_node_ == nullptr || tree_ == nullptr) return place_;
  Site site;
  site.kind = text != nullptr ? SiteKind::tpl : SiteKind::include;
  site.file = tree_->file->file();
  site.parent = place_.site;
  site.node = call_node_;
  site.name = text != nullptr ? tree.file->text() : tree.name;
  if (text != nullptr) {
    site.origin = origin_of(*text);
    const auto pieces = text->trace();
    const bool is_file = pieces.size() == 1 && pieces[0].kind == PieceKind::literal && pieces[0].position == 0;
    if (is_file) site.text_file = pieces[0].file;
  }
  call_node_ = nullptr;
  const SiteId id = traces_.find_or_add(site);
  calls_.push_back(id);
  return {id, place_.branch};
}

SiteId Execution::called_by_name(const TemplateNode& node) {
  Site site;
  site.kind = SiteKind::template_;
  site.file = tree_->file->file();
  site.parent = place_.site;
  site.node = &node;
  site.name = node.name;
  return traces_.find_or_add(site);
}

/// The value of a condition, and the origins that decided, while tracing.
Operand Execution::eval_condition(const Operand& dot, const BranchNode& branch, OriginId& decider) {
  if (!context_.tracing()) return eval_pipeline(dot, *branch.pipe);
  const std::size_t mark = deciders_.size();
  const bool outer = std::exchange(collects_, true);
  Operand value = eval_pipeline(dot, *branch.pipe);
  collects_ = outer;
  decider = origin_of(value.value);
  if (deciders_.size() > mark) {
    deciders_.push_back(decider);
    decider = context_.origins->join(std::span<const OriginId>(deciders_).subspan(mark));
    deciders_.resize(mark);
  }
  return value;
}

/// The origin of what stands in a branch: the value that decided, and the branch around it. What none decided keeps
/// the outer one.
Execution::TracePlace Execution::enter_branch(const BranchNode& branch, OriginId decider) {
  Site site;
  site.kind = SiteKind::branch;
  site.file = tree_->file->file();
  site.parent = place_.site;
  site.origin = decider;
  site.node = &branch;
  const SiteId id = traces_.find_or_add(site);
  OriginId& literals = traces_.get(id).literals;
  if (literals == no_origin) {
    const Span span{site.file, branch.position, branch.position};
    literals = decider == no_origin ? place_.branch : context_.origins->add_branch(span, decider, place_.branch);
  }
  return {id, literals};
}

/// Of a text without one the origins of its pieces.
OriginId Execution::origin_of(const Value& value) {
  if (value.origin() != no_origin || value.trace().empty()) return value.origin();
  std::array<OriginId, OriginTable::most_parts> origins{};
  std::size_t count = 0;
  for (const TracePiece& piece : value.trace()) {
    if (piece.origin == no_origin || (count > 0 && origins[count - 1] == piece.origin)) continue;
    origins[count++] = piece.origin;
    if (count == origins.size()) break;
  }
  return context_.origins->join(std::span<const OriginId>(origins).first(count));
}

/// A result that does not know where it comes from comes from where its arguments come from. A text with a trace knows.
void Execution::join_origins(Value& result, std::span<const Value> args) {
  if (result.origin() != no_origin || !result.trace().empty()) return;
  std::array<OriginId, OriginTable::most_parts> origins{};
  std::size_t count = 0;
  for (const Value& arg : args) {
    const OriginId origin = origin_of(arg);
    if (origin != no_origin && count < origins.size()) origins[count++] = origin;
  }
  if (count > 0) result.set_origin(context_.origins->join(std::span<const OriginId>(origins).first(count)));
}

}  // namespace rhumb::gotmpl
