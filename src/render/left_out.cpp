// Objects that templates would have written.
#include "render/slots.h"
#include "render/traced.h"
#include "rhumb/base/strings.h"

namespace rhumb::render {
namespace {

using gotmpl::BranchNode;
using gotmpl::ListNode;
using gotmpl::Node;
using gotmpl::NodeType;

/// The literal text below a list.
void add_text(const ListNode* list, std::string& text) {
  if (list == nullptr) return;
  for (const Node* const node : list->nodes) {
    if (node->type == NodeType::text) text.append(gotmpl::as<gotmpl::TextNode>(*node).text);
    if (node->type == NodeType::if_ || node->type == NodeType::with || node->type == NodeType::range) {
      const auto& branch = static_cast<const BranchNode&>(*node);
      add_text(branch.list, text);
      add_text(branch.else_list, text);
    }
  }
}

bool has_line(std::string_view text, std::string_view wanted) {
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (strings::trim_right(text.substr(from, end - from), " \r") == wanted) return true;
    from = end + 1;
  }
  return false;
}

}  // namespace

std::vector<LeftOutObject> left_out_objects(const Rendering& rendering, std::string_view kind) {
  std::vector<LeftOutObject> found;
  if (rendering.traced() == nullptr) return found;
  const gotmpl::TraceTable& traces = rendering.traced()->engine->traces();
  const std::string line = "kind: " + std::string(kind);
  for (std::size_t file = 0; file < rendering.files().size(); ++file) {
    for (const TracePiece& piece : rendering.files()[file].text.trace) {
      const gotmpl::Site* const site = piece.kind == PieceKind::slot ? slot_site(traces, piece.site) : nullptr;
      if (site == nullptr) continue;
      std::string text;
      add_text(static_cast<const BranchNode&>(*site->node).list, text);
      if (has_line(text, line)) found.push_back({file, slot_of(rendering, piece.site, *site), std::move(text)});
    }
  }
  return found;
}

}  // namespace rhumb::render
