#include "nodes.h"

namespace rhumb::yaml {

Node* NodeBuilder::build() {
  Event event;
  while (reader_.next(event)) {
    switch (event.kind) {
      case EventKind::stream_end:
      case EventKind::document_end: return root_;
      case EventKind::document_start: break;
      case EventKind::sequence_end:
      case EventKind::mapping_end: close(event); break;
      default:
        if (!add(event)) return nullptr;
    }
  }
  error_ = reader_.error();
  return nullptr;
}

bool NodeBuilder::add(const Event& event) {
  const bool is_key = !open_.empty() && open_.back().expects_key;
  Node* const node = make(event, is_key);
  if (event.kind == EventKind::alias) {
    if (!resolve_alias(*node, event)) return false;
  } else if (!event.anchor.empty()) {
    anchors_[scratch_.copy(event.anchor)] = node;
  }
  attach(node);
  if (event.kind == EventKind::sequence_start) open_.push_back({node, nullptr, false});
  if (event.kind == EventKind::mapping_start) open_.push_back({node, nullptr, true});
  return true;
}

Node* NodeBuilder::make(const Event& event, bool is_key) {
  Node* const node = scratch_.create<Node>();
  node->line = event.begin.line;
  node->style = event.style;
  node->implicit = event.implicit;
  if (!event.tag.empty()) node->tag = scratch_.copy(event.tag);
  if (marks_) {
    node->begin = static_cast<std::uint32_t>(reader_.offset(event.begin));
    node->end = static_cast<std::uint32_t>(reader_.offset(event.end));
  }
  switch (event.kind) {
    case EventKind::sequence_start: node->kind = NodeKind::sequence; break;
    case EventKind::mapping_start: node->kind = NodeKind::mapping; break;
    case EventKind::alias: node->kind = NodeKind::alias; break;
    default: {
      // A map copies its keys, but an alias may make a value of one that has an anchor.
      const bool is_only_key = is_key && event.anchor.empty();
      node->value = (is_only_key ? scratch_ : heap_.arena()).copy(event.value);
      break;
    }
  }
  return node;
}

bool NodeBuilder::resolve_alias(Node& node, const Event& event) {
  const auto found = anchors_.find(event.anchor);
  if (found == anchors_.end()) {
    reader_.refuse_alias(event.anchor);
    error_ = reader_.error();
    return false;
  }
  node.value = found->first;
  node.target = found->second;
  return true;
}

void NodeBuilder::attach(Node* node) {
  if (open_.empty()) {
    root_ = node;
    return;
  }
  Open& open = open_.back();
  (open.last == nullptr ? open.node->first : open.last->next) = node;
  open.last = node;
  if (open.node->kind == NodeKind::mapping) open.expects_key = !open.expects_key;
}

void NodeBuilder::close(const Event& event) {
  Open& open = open_.back();
  if (marks_) {
    // A block collection ends where its last child ends, not where the next token stands.
    open.node->end = event.begin.index == event.end.index && open.last != nullptr
                         ? open.last->end
                         : static_cast<std::uint32_t>(reader_.offset(event.end));
  }
  open_.pop_back();
}

}  // namespace rhumb::yaml
