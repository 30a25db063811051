// Parts of templates that were left out.
#include <algorithm>
#include <optional>

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

/// Where the key begins in a line like "key:", "- key: value", with the key in quotes or without.
std::optional<std::size_t> key_in_line(std::string_view line, std::string_view key) {
  const std::size_t begin = std::min(line.find_first_not_of(" -"), line.size());
  line.remove_prefix(begin);
  const bool quoted = line.starts_with('"') || line.starts_with('\'');
  if (quoted) line.remove_prefix(1);
  if (!line.starts_with(key)) return std::nullopt;
  line.remove_prefix(key.size());
  if (quoted) line.remove_prefix(std::min<std::size_t>(line.size(), 1));
  const bool is_key = line.starts_with(':') && (line.size() == 1 || line[1] == ' ' || line[1] == '\r');
  return is_key ? std::optional(begin) : std::nullopt;
}

std::optional<std::size_t> key_in_text(std::string_view text, bool starts_line, std::string_view key) {
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const auto found = starts_line ? key_in_line(text.substr(from, end - from), key) : std::nullopt;
    if (found) return from + *found;
    from = end + 1;
    starts_line = true;
  }
  return std::nullopt;
}

/// The byte of the template where a list would write the key, whatever its own conditions say.
std::optional<std::uint32_t> key_in_list(const ListNode* list, std::string_view key) {
  if (list == nullptr) return std::nullopt;
  bool starts_line = true;  // where nothing that prints comes before
  for (const Node* const node : list->nodes) {
    if (node->type == NodeType::text) {
      const auto found = key_in_text(gotmpl::as<TextNode>(*node).text, starts_line, key);
      if (found) return node->position + static_cast<std::uint32_t>(*found);
    }
    if (is_branch(*node)) {
      const auto& branch = static_cast<const BranchNode&>(*node);
      if (const auto found = key_in_list(branch.list, key)) return found;
      if (const auto found = key_in_list(branch.else_list, key)) return found;
    } else {
      starts_line = false;
    }
  }
  return std::nullopt;
}

/// Columns from 1 of what stands first in its line, but for the dashes of lists; nothing for other places.
std::optional<std::int64_t> first_column(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  if (text.substr(line, at - line).find_first_not_of(" -") != std::string_view::npos) return std::nullopt;
  return static_cast<std::int64_t>(at - line) + 1;
}

class SlotFinder {
 public:
  SlotFinder(const Rendering& rendering, const TracedText& text)
      : rendering_(rendering), traces_(rendering.traced()->engine->traces()), text_(text) {}

  /// Null when the piece is no slot for the key.
  const Site* find(const TracePiece& piece, std::string_view key, std::uint32_t column) const {
    const Site* const site = slot_site(piece.site);
    if (site == nullptr) return nullptr;
    const auto& branch = static_cast<const BranchNode&>(*site->node);
    auto place = key_in_list(branch.list, key);
    if (!place) place = key_in_list(branch.else_list, key);
    if (!place) return nullptr;
    const auto would_be = column == 0 ? std::nullopt : output_column(piece, *site, *place);
    return !would_be || *would_be == column ? site : nullptr;
  }

 private:
  const Site* slot_site(SiteId id) const {
    const Site* site = traces_.find(id);
    while (site != nullptr && site->kind == SiteKind::print) site = traces_.find(site->inner);
    return site != nullptr && site->kind == SiteKind::slot ? site : nullptr;
  }

  /// The call that a site stands in.
  SiteId call_of(SiteId id) const {
    for (const Site* site = traces_.find(id); site != nullptr; site = traces_.find(id)) {
      if (site->kind != SiteKind::branch && site->kind != SiteKind::slot) return id;
      id = site->parent;
    }
    return id;
  }

  /// Where a place of the slot's template would come out: lines of the same call tell how far it was indented.
  std::optional<std::int64_t> output_column(const TracePiece& slot, const Site& site, std::uint32_t place) const {
    if (site.file == no_file) return std::nullopt;
    const std::string_view source = rendering_.sources().get(site.file).text();
    const auto column = first_column(source, place);
    if (!column) return std::nullopt;
    const auto& trace = text_.trace;
    const auto here = static_cast<std::size_t>(&slot - trace.data());
    for (std::size_t distance = 1; distance <= std::max(here, trace.size() - here); ++distance) {
      if (distance <= here) {
        if (const auto shift = shift_at(here - distance, site, slot.site, source)) return *column + *shift;
      }
      if (here + distance < trace.size()) {
        if (const auto shift = shift_at(here + distance, site, slot.site, source)) return *column + *shift;
      }
    }
    return std::nullopt;
  }

  /// How much farther to the right than in the template the first line of a literal piece stands.
  std::optional<std::int64_t> shift_at(std::size_t index, const Site& site, SiteId slot,
                                       std::string_view source) const {
    const TracePiece& piece = text_.trace[index];
    if (piece.kind != PieceKind::literal || piece.file != site.file || call_of(piece.site) != call_of(slot)) {
      return std::nullopt;
    }
    const std::size_t end = index + 1 < text_.trace.size() ? text_.trace[index + 1].begin : text_.text.size();
    const std::size_t at = text_.text.find_first_not_of(" -\n", piece.begin);
    if (at >= end) return std::nullopt;
    const auto there = first_column(text_.text, at);
    const auto here = first_column(source, piece.position + (at - piece.begin));
    return there && here ? std::optional(*there - *here) : std::nullopt;
  }

  const Rendering& rendering_;
  const gotmpl::TraceTable& traces_;
  const TracedText& text_;
};

}  // namespace

std::optional<Slot> find_slot(const Rendering& rendering, std::size_t file, std::size_t begin, std::size_t end,
                              std::string_view key, std::uint32_t column) {
  if (rendering.traced() == nullptr) return std::nullopt;
  const TracedText& text = rendering.files()[file].text;
  const SlotFinder finder(rendering, text);
  for (auto piece = text.trace.rbegin(); piece != text.trace.rend() && piece->begin >= begin; ++piece) {
    if (piece->kind != PieceKind::slot || piece->begin > end) continue;
    const Site* const site = finder.find(*piece, key, column);
    if (site == nullptr) continue;
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
