// Parts of templates that were left out.
#include <algorithm>
#include <unordered_map>

#include "render/scopes.h"
#include "render/way.h"

namespace rhumb::render {
namespace {

using gotmpl::BranchNode;
using gotmpl::ListNode;
using gotmpl::Node;
using gotmpl::NodeType;
using gotmpl::Site;
using gotmpl::SiteKind;
using gotmpl::TextNode;

bool is_branch(const Node& node) {
  return node.type == NodeType::if_ || node.type == NodeType::with || node.type == NodeType::range;
}

/// Whether the line is "key:", "key: value", "- key: value", with the key in quotes or without.
bool is_line_of(std::string_view line, std::string_view key) {
  line.remove_prefix(std::min(line.find_first_not_of(" -"), line.size()));
  const bool quoted = line.starts_with('"') || line.starts_with('\'');
  if (quoted) line.remove_prefix(1);
  if (!line.starts_with(key)) return false;
  line.remove_prefix(key.size());
  if (quoted) line.remove_prefix(std::min<std::size_t>(line.size(), 1));
  return line.starts_with(':') && (line.size() == 1 || line[1] == ' ' || line[1] == '\r');
}

bool has_line_of(std::string_view text, bool starts_line, std::string_view key) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (starts_line && is_line_of(text.substr(0, end), key)) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
    starts_line = true;
  }
  return false;
}

/// Whether a list would write the key, whatever its own conditions say.
bool writes(const ListNode* list, std::string_view key) {
  if (list == nullptr) return false;
  bool starts_line = true;  // where nothing that prints comes before
  for (const Node* const node : list->nodes) {
    if (node->type == NodeType::text && has_line_of(gotmpl::as<TextNode>(*node).text, starts_line, key)) return true;
    if (is_branch(*node)) {
      const auto& branch = static_cast<const BranchNode&>(*node);
      if (writes(branch.list, key) || writes(branch.else_list, key)) return true;
    } else {
      starts_line = false;
    }
  }
  return false;
}

const Site* slot_site(const gotmpl::TraceTable& traces, SiteId id) {
  const Site* site = traces.find(id);
  while (site != nullptr && site->kind == SiteKind::print) site = traces.find(site->inner);
  return site != nullptr && site->kind == SiteKind::slot ? site : nullptr;
}

}  // namespace

std::optional<Slot> find_slot(const Rendering& rendering, std::size_t file, std::size_t begin, std::size_t end,
                              std::string_view key) {
  if (rendering.traced() == nullptr) return std::nullopt;
  const gotmpl::TraceTable& traces = rendering.traced()->engine->traces();
  const std::vector<TracePiece>& trace = rendering.files()[file].text.trace;
  for (auto piece = trace.rbegin(); piece != trace.rend() && piece->begin >= begin; ++piece) {
    if (piece->kind != PieceKind::slot || piece->begin > end) continue;
    const Site* const site = slot_site(traces, piece->site);
    if (site == nullptr) continue;
    const auto& branch = static_cast<const BranchNode&>(*site->node);
    if (!writes(branch.list, key) && !writes(branch.else_list, key)) continue;
    const Way way(rendering);
    Slot slot;
    slot.branch = way.node_span(*site);
    slot.frames.push_back({"", slot.branch});
    way.follow(piece->site, slot.frames, nullptr);
    slot.deciders = way.values_of(site->origin);
    const Scopes scopes(rendering);
    for (const gotmpl::ConditionRead& read : site->reads) {
      std::string path = scopes.path_of(read);
      const bool known = std::find(slot.keys.begin(), slot.keys.end(), path) != slot.keys.end();
      if (!path.empty() && !known) slot.keys.push_back(std::move(path));
    }
    return slot;
  }
  return std::nullopt;
}

}  // namespace rhumb::render
