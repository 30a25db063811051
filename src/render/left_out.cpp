// What templates would have written: objects, and values of keys that stand there without one.
#include <algorithm>
#include <optional>

#include "render/needs.h"
#include "render/slots.h"
#include "render/traced.h"
#include "rhumb/base/strings.h"
#include "rhumb/render/left_out.h"

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

/// From the first to the last node of the branch, up to the end of that line.
std::string_view source_of(const Rendering& rendering, const Slot& slot, const BranchNode& branch) {
  if (!slot.branch.known() || branch.list == nullptr || branch.list->nodes.empty()) return {};
  const std::string_view source = rendering.sources().get(slot.branch.file).text();
  const std::size_t first = branch.list->nodes.front()->position;
  const std::size_t last = std::min(source.find('\n', branch.list->nodes.back()->position), source.size());
  return first < last ? source.substr(first, last - first) : std::string_view();
}

bool has_line(std::string_view text, std::string_view wanted) {
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (strings::trim_right(text.substr(from, end - from), " \r") == wanted) return true;
    from = end + 1;
  }
  return false;
}

/// Whether the template's way to the slot begins in the line of the key: what begins in another one may be a key of its
/// own. `written`: where the key ends in its template.
bool is_in_line(const Rendering& rendering, const TracePiece& key, std::size_t written, const Slot& slot) {
  const auto step = std::find_if(slot.frames.rbegin(), slot.frames.rend(),
                                 [&](const TemplateFrame& frame) { return frame.span.file == key.file; });
  if (key.kind != PieceKind::literal || step == slot.frames.rend() || step->span.begin < written) return false;
  const std::string_view source = rendering.sources().get(key.file).text();
  return source.substr(written, step->span.begin - written).find('\n') == std::string_view::npos;
}

void add_needs_within(const gotmpl::Site& site, std::string_view text, const Scopes& scopes, Slot& slot) {
  if (slot.needed.empty()) return;
  for (std::string& key : needs_within(site, text, scopes)) {
    const bool is_new = std::find(slot.needed.begin(), slot.needed.end(), key) == slot.needed.end();
    if (is_new) slot.needed.push_back(std::move(key));
  }
}

}  // namespace

std::vector<LeftOutObject> left_out_objects(const Rendering& rendering, std::string_view kind, std::string_view text) {
  std::vector<LeftOutObject> found;
  if (rendering.traced() == nullptr) return found;
  const gotmpl::TraceTable& traces = rendering.traced()->engine->traces();
  const std::string line = "kind: " + std::string(kind);
  for (std::size_t file = 0; file < rendering.files().size(); ++file) {
    for (const TracePiece& piece : rendering.files()[file].text.trace) {
      const gotmpl::Site* const site = piece.kind == PieceKind::slot ? slot_site(traces, piece.site) : nullptr;
      if (site == nullptr) continue;
      std::string written;
      add_text(static_cast<const BranchNode&>(*site->node).list, written);
      if (!has_line(written, line)) continue;
      Slot slot = slot_of(rendering, piece.site, *site);
      if (!text.empty()) add_needs_within(*site, text, Scopes(rendering), slot);
      found.push_back({file, std::move(slot), std::move(written)});
    }
  }
  return found;
}

std::vector<LeftOutBranch> left_out_branches(const Rendering& rendering, std::size_t file, std::size_t begin,
                                             std::size_t end) {
  std::vector<LeftOutBranch> found;
  if (rendering.traced() == nullptr) return found;
  const gotmpl::TraceTable& traces = rendering.traced()->engine->traces();
  for (const TracePiece& piece : rendering.files()[file].text.trace) {
    if (piece.kind != PieceKind::slot || piece.begin < begin || piece.begin > end) continue;
    const gotmpl::Site* const site = slot_site(traces, piece.site);
    if (site == nullptr) continue;
    Slot slot = slot_of(rendering, piece.site, *site);
    const std::string_view source = source_of(rendering, slot, static_cast<const BranchNode&>(*site->node));
    found.push_back({std::move(slot), source});
  }
  return found;
}

std::optional<Slot> slot_behind(const Rendering& rendering, std::size_t file, std::size_t key_end) {
  if (rendering.traced() == nullptr || key_end == 0) return std::nullopt;
  const TracedText& text = rendering.files()[file].text;
  const auto is_after = [](std::size_t at, const TracePiece& piece) { return at < piece.begin; };
  auto piece = std::upper_bound(text.trace.begin(), text.trace.end(), key_end - 1, is_after);
  if (piece == text.trace.begin()) return std::nullopt;
  const TracePiece& key = *std::prev(piece);
  const std::size_t written = key.position + (key_end - key.begin);
  std::optional<Slot> found;
  for (; piece != text.trace.end(); ++piece) {
    if (piece->kind == PieceKind::literal && piece->file == key.file && piece->site == key.site) break;
    const gotmpl::Site* const site =
        piece->kind == PieceKind::slot ? slot_site(rendering.traced()->engine->traces(), piece->site) : nullptr;
    if (site == nullptr) continue;
    Slot slot = slot_of(rendering, piece->site, *site);
    if (!slot.deciders.empty() && is_in_line(rendering, key, written, slot)) found = std::move(slot);
  }
  return found;
}

}  // namespace rhumb::render
