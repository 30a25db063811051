// Parts of templates that were left out.
#include <algorithm>
#include <optional>

#include "render/needs.h"
#include "render/scopes.h"
#include "render/slots.h"
#include "render/switches.h"
#include "render/way.h"
#include "rhumb/base/strings.h"

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

/// Columns from 1 of what stands first in its line, but for the dashes of lists; nothing for other places.
std::optional<std::int64_t> first_column(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  if (text.substr(line, at - line).find_first_not_of(" -") != std::string_view::npos) return std::nullopt;
  return static_cast<std::int64_t>(at - line) + 1;
}

/// Looks for the byte of the template where a branch would write a key, whatever its own conditions say.
class KeyFinder {
 public:
  /// `skips_items`: a key within a list item that the branch itself begins does not count: it is another map's.
  KeyFinder(std::string_view source, std::string_view key, bool skips_items)
      : source_(source), key_(key), skips_items_(skips_items) {}

  std::optional<std::uint32_t> find(const ListNode* list) {
    if (list == nullptr) return std::nullopt;
    bool starts_line = true;  // where nothing that prints comes before
    for (std::size_t i = 0; i < list->nodes.size(); ++i) {
      const Node* const node = list->nodes[i];
      if (node->type == NodeType::text) {
        const auto found = in_text(gotmpl::as<TextNode>(*node).text, node->position, starts_line);
        if (found && ends_text_ && i + 1 < list->nodes.size()) take_print(*list->nodes[i + 1]);
        if (found) return found;
      }
      if (is_branch(*node)) {
        const auto& branch = static_cast<const BranchNode&>(*node);
        if (const auto found = find(branch.list)) return found;
        if (const auto found = find(branch.else_list)) return found;
      } else {
        starts_line = false;
      }
    }
    return std::nullopt;
  }

  /// What prints the value of the key that was found, right behind its colon; null for none.
  const gotmpl::ActionNode* print() const { return print_; }

 private:
  void take_print(const Node& node) {
    if (node.type == NodeType::action) print_ = &gotmpl::as<gotmpl::ActionNode>(node);
  }

  std::optional<std::uint32_t> in_text(std::string_view text, std::uint32_t position, bool starts_line) {
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      const std::string_view line = text.substr(from, end - from);
      if (starts_line && !is_of_own_item(line, position + from)) {
        const auto found = key_in_line(line, key_);
        if (found)
          ends_text_ = strings::trim_space(text.substr(text.find(':', from + *found + key_.size()) + 1)).empty();
        if (found) return position + static_cast<std::uint32_t>(from + *found);
      }
      from = end + 1;
      starts_line = true;
    }
    return std::nullopt;
  }

  bool is_of_own_item(std::string_view line, std::size_t at) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (!skips_items_ || begin == std::string_view::npos || at + begin >= source_.size()) return false;
    const auto column = first_column(source_, at + begin);
    if (!column) return item_.has_value();
    const bool is_item = line.substr(begin).starts_with("- ");
    if (item_ && *column > *item_) return true;
    item_ = is_item ? column : std::nullopt;
    return is_item;
  }

  std::string_view source_;
  std::string_view key_;
  bool skips_items_;
  std::optional<std::int64_t> item_;  // where the dash of an item stands that the branch began
  bool ends_text_ = false;            // nothing literal stands behind the key
  const gotmpl::ActionNode* print_ = nullptr;
};

void add_paths(const Scopes& scopes, std::span<const gotmpl::ConditionRead> reads, std::vector<std::string>& paths) {
  for (const gotmpl::ConditionRead& read : reads) {
    std::string path = scopes.path_of(read);
    const bool known = std::find(paths.begin(), paths.end(), path) != paths.end();
    if (!path.empty() && !known) paths.push_back(std::move(path));
  }
}

/// What has to be set in place of what the condition reads.
void set_switches(const Rendering& rendering, const std::vector<gotmpl::ConditionRead>& switches, Slot& slot) {
  const Way way(rendering);
  slot.keys.clear();
  slot.deciders.clear();
  slot.all_keys = true;
  add_paths(Scopes(rendering), switches, slot.keys);
  slot.to_set = strings::join(slot.keys, " and ");
  slot.needed = slot.keys;
  slot.wanted.clear();
  for (const gotmpl::ConditionRead& read : switches) {
    const Value* const value = value_of(read);
    if (value != nullptr) way.add_values(value->origin(), slot.deciders);
  }
}

/// "b" of `eq .a "b"`, whichever comes first; empty for other conditions.
std::string compared_text(const Site& site) {
  const gotmpl::PipeNode& pipe = *static_cast<const BranchNode&>(*site.node).pipe;
  if (site.node->type != NodeType::if_ || site.reads.size() != 1 || pipe.commands.size() != 1) return {};
  const auto& args = pipe.commands[0]->args;
  if (args.size() != 3 || args[0]->type != NodeType::identifier) return {};
  if (gotmpl::as<gotmpl::IdentifierNode>(*args[0]).name != "eq") return {};
  for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
    const bool is_plain = args[3 - i]->type == NodeType::field || args[3 - i]->type == NodeType::variable;
    if (args[i]->type == NodeType::string && is_plain) {
      return std::string(gotmpl::as<gotmpl::StringNode>(*args[i]).text.view());
    }
  }
  return {};
}

/// What there is of a place for the keys.
struct Found {
  const TracePiece* piece = nullptr;
  const Site* site = nullptr;
  /// The values to set, where the branch prints a map for the keys.
  std::vector<gotmpl::ConditionRead> switches;
};

class SlotFinder {
 public:
  SlotFinder(const Rendering& rendering, const TracedText& text, std::span<const std::string_view> keys,
             std::uint32_t column)
      : rendering_(rendering),
        traces_(rendering.traced()->engine->traces()),
        text_(text),
        keys_(keys),
        column_(column) {}

  /// Without a site when the piece is no slot for the keys.
  Found find(const TracePiece& piece) const {
    const Site* const site = slot_site(traces_, piece.site);
    if (site == nullptr) return {};
    if (has_key(piece, *site)) {
      return {&piece, site, keys_.size() > 1 ? switches(*site) : std::vector<gotmpl::ConditionRead>()};
    }
    const MapPrints prints(*site, {}, keys_);
    const MapPrint* const print = prints.best();
    if (print == nullptr || !print->holds || !fits(piece, *site, source_column(*site, *print->action))) return {};
    return {&piece, site, print->switches};
  }

  /// In "if .custom ... else if .enabled ..." both may write the keys. The alternatives of a slot lie before it in the
  /// trace, the innermost first. Best is one that a switch keeps out, then the last of them.
  Found best_of_chain(const Found& outermost) const {
    Found best = outermost;
    int best_rank = rank(outermost);
    for (const TracePiece* piece = outermost.piece; piece != text_.trace.data();) {
      --piece;
      if (piece->begin != outermost.piece->begin || piece->kind != PieceKind::slot) break;
      if (!is_within(piece->site, *outermost.site)) break;
      const Found found = find(*piece);
      if (found.site == nullptr || rank(found) < best_rank) continue;
      best = found;
      best_rank = rank(found);
    }
    return best;
  }

  /// How the value of the key is printed, where the branch writes the key.
  void add_print(const Found& found, Slot& slot) const {
    const auto& branch = static_cast<const BranchNode&>(*found.site->node);
    const std::string_view source = source_of(*found.site);
    KeyFinder finder(source, keys_[0], column_ != 0);
    const auto place = finder.find(branch.list);
    if (!place) slot.wanted.clear();
    if (!place || finder.print() == nullptr) return;
    const gotmpl::ActionNode& print = *finder.print();
    slot.print = Way(rendering_).node_span(found.site->file, print.position, found.piece->site);
    const auto key_column = first_column(source, std::min<std::size_t>(*place, source.size()));
    const auto own_column = nindent_column(print);
    if (!key_column || !own_column) return;
    slot.is_shallow = *own_column < *key_column || (*own_column == *key_column && prints_map(*found.site));
  }

 private:
  /// Items of a list may stand in the column of their key.
  bool prints_map(const Site& site) const {
    if (keys_.size() > 1) return true;
    if (site.reads.size() != 1) return false;
    const Value* const value = value_of(site.reads.front());
    return value != nullptr && value->is_map();
  }

  /// 3: a boolean of the values keeps it out; 2: something empty; 1: something that has another value than it should;
  /// 0: the branch itself would not write the keys, only what stands in its else.
  int rank(const Found& found) const {
    const auto& branch = static_cast<const BranchNode&>(*found.site->node);
    const bool is_own = !found.switches.empty() || key_place(branch.list, source_of(*found.site)).has_value();
    if (!is_own) return 0;
    int rank = 1;
    for (const gotmpl::ConditionRead& read : found.switches.empty() ? found.site->reads : found.switches) {
      const Value* const value = value_of(read);
      if (value == nullptr || is_true(*value)) continue;
      rank = std::max(rank, value->is_bool() ? 3 : 2);
    }
    return rank;
  }

  /// Whether a slot was left while that branch, which was not taken, was walked: in its else.
  bool is_within(SiteId id, const Site& outer) const {
    for (const Site* site = traces_.find(id); site != nullptr; site = traces_.find(site->parent)) {
      if (site->kind == SiteKind::branch && site->node == outer.node && site->origin == outer.origin) return true;
      if (site->kind == SiteKind::print && is_within(site->inner, outer)) return true;
    }
    return false;
  }

  std::optional<std::uint32_t> key_place(const ListNode* list, std::string_view source) const {
    return KeyFinder(source, keys_[0], column_ != 0).find(list);
  }

  bool has_key(const TracePiece& piece, const Site& site) const {
    const auto& branch = static_cast<const BranchNode&>(*site.node);
    const std::string_view source = source_of(site);
    auto place = key_place(branch.list, source);
    if (!place) place = key_place(branch.else_list, source);
    return place && fits(piece, site, first_column(source, std::min<std::size_t>(*place, source.size())));
  }

  std::vector<gotmpl::ConditionRead> switches(const Site& site) const {
    const MapPrints prints(site, keys_[0], keys_.subspan(1));
    const MapPrint* const print = prints.best();
    return print == nullptr ? std::vector<gotmpl::ConditionRead>() : print->switches;
  }

  std::string_view source_of(const Site& site) const {
    return site.file == no_file ? std::string_view() : rendering_.sources().get(site.file).text();
  }

  /// Where nindent puts what an action prints; nothing for one that ends with another function.
  static std::optional<std::int64_t> nindent_column(const gotmpl::ActionNode& action) {
    const auto& command = *action.pipe->commands.back();
    const Node& function = *command.args[0];
    const std::string_view name =
        function.type == NodeType::identifier ? gotmpl::as<gotmpl::IdentifierNode>(function).name : std::string_view();
    const bool is_indented =
        (name == "nindent" || name == "indent") && command.args.size() > 1 && command.args[1]->type == NodeType::number;
    if (!is_indented) return std::nullopt;
    return gotmpl::as<gotmpl::NumberNode>(*command.args[1]).int_value + 1;
  }

  /// Of what an action prints: where nindent puts it, else where the action stands.
  std::optional<std::int64_t> source_column(const Site& site, const gotmpl::ActionNode& action) const {
    if (const auto column = nindent_column(action)) return column;
    const std::string_view source = source_of(site);
    const std::size_t begin = source.rfind("{{", std::min<std::size_t>(action.position, source.size()));
    return begin == std::string_view::npos ? std::nullopt : first_column(source, begin);
  }

  /// Whether what stands in that column of the template would be in the one that is wanted.
  bool fits(const TracePiece& piece, const Site& site, std::optional<std::int64_t> source_column) const {
    if (column_ == 0 || !source_column) return true;
    const auto shift = shift_near(piece, site);
    return !shift || *source_column + *shift == column_;
  }

  /// The call that a site stands in.
  SiteId call_of(SiteId id) const {
    for (const Site* site = traces_.find(id); site != nullptr; site = traces_.find(id)) {
      if (site->kind != SiteKind::branch && site->kind != SiteKind::slot) return id;
      id = site->parent;
    }
    return id;
  }

  /// How far the lines of the slot's template were indented: lines of the same call tell.
  std::optional<std::int64_t> shift_near(const TracePiece& slot, const Site& site) const {
    const std::string_view source = source_of(site);
    const auto& trace = text_.trace;
    const auto here = static_cast<std::size_t>(&slot - trace.data());
    for (std::size_t distance = 1; distance <= std::max(here, trace.size() - here); ++distance) {
      if (distance <= here) {
        if (const auto shift = shift_at(here - distance, site, slot.site, source)) return shift;
      }
      if (here + distance < trace.size()) {
        if (const auto shift = shift_at(here + distance, site, slot.site, source)) return shift;
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
  std::span<const std::string_view> keys_;
  std::uint32_t column_;
};

}  // namespace

const Site* slot_site(const gotmpl::TraceTable& traces, SiteId id) {
  const Site* site = traces.find(id);
  while (site != nullptr && site->kind == SiteKind::print) site = traces.find(site->inner);
  return site != nullptr && site->kind == SiteKind::slot ? site : nullptr;
}

Slot slot_of(const Rendering& rendering, SiteId id, const Site& site) {
  const Way way(rendering);
  Slot slot;
  slot.branch = way.node_span(site);
  slot.frames.push_back({"", slot.branch});
  way.follow(id, slot.frames, nullptr);
  slot.deciders = way.values_of(site.origin);
  const Scopes scopes(rendering);
  add_paths(scopes, site.reads, slot.keys);
  Needs needs = needs_of(site, scopes);
  slot.to_set = std::move(needs.text);
  slot.needed = std::move(needs.keys);
  if (slot.keys.size() == 1) slot.wanted = compared_text(site);
  return slot;
}

std::optional<Slot> find_slot(const Rendering& rendering, std::size_t file, std::size_t begin, std::size_t end,
                              std::span<const std::string_view> keys, std::uint32_t column) {
  if (rendering.traced() == nullptr || keys.empty()) return std::nullopt;
  const TracedText& text = rendering.files()[file].text;
  const SlotFinder finder(rendering, text, keys, column);
  for (auto piece = text.trace.rbegin(); piece != text.trace.rend() && piece->begin >= begin; ++piece) {
    if (piece->kind != PieceKind::slot || piece->begin > end) continue;
    const Found outermost = finder.find(*piece);
    if (outermost.site == nullptr) continue;
    const Found found = finder.best_of_chain(outermost);
    Slot slot = slot_of(rendering, found.piece->site, *found.site);
    if (!found.switches.empty()) set_switches(rendering, found.switches, slot);
    finder.add_print(found, slot);
    return slot;
  }
  return std::nullopt;
}

}  // namespace rhumb::render
