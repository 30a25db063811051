// Where a value comes from: a 32-bit id into an append-only table. The table of what was loaded is shared and frozen;
// each rendering that is traced continues it with a table of its own, which also keeps what the rendering has read.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include "rhumb/base/arena.h"
#include "rhumb/base/source.h"

namespace rhumb {

using OriginId = std::uint32_t;
inline constexpr OriginId no_origin = 0;

/// A call or branch on the way to a node of a template: an id into a gotmpl::TraceTable.
using SiteId = std::uint32_t;
inline constexpr SiteId no_site = 0;

enum class PieceKind : std::uint8_t {
  value,    // printed by an action, or made by a function
  literal,  // text of a template as it stands there
  slot,     // no text: a part of a template that was left out here
};

/// A piece of a text: from `begin` on it was written by the template node at (file, position) from `origin`. A piece
/// that knows neither file nor site was made by a function; it gets its place when it is printed.
struct TracePiece {
  std::uint32_t begin = 0;
  FileId file = no_file;
  std::uint32_t position = 0;
  OriginId origin = no_origin;
  SiteId site = no_site;
  PieceKind kind = PieceKind::value;

  bool placed() const { return file != no_file || site != no_site; }
};

enum class OriginKind : std::uint8_t {
  yaml_node,  // a node of a file: span, path of keys
  set_flag,   // a --set and its kind: text
  override_,  // winner, loser
  join,       // up to eight others
  branch,     // the value that decided a branch, and the place of the branch
  rendered,   // read back from a text that was rendered: the node that wrote it, the value it wrote
};

struct Origin {
  OriginKind kind = OriginKind::yaml_node;
  bool is_map = false;              // of a yaml_node
  Span span;                        // of the node, the flag's text, the branch, the template's node
  Span key;                         // of the key in front of a yaml_node, where it has one
  SiteId site = no_site;            // of what was rendered
  std::string_view path;            // of keys: "tmsOdoo.image.tag"
  std::span<const OriginId> parts;  // winner and loser; the joined; decider and outer branch; what was written
};

/// A node of a file, for OriginTable::add_file_node.
struct OriginNode {
  Span span;
  Span key;
  bool is_map = false;
};

class OriginTable {
 public:
  static constexpr std::size_t most_parts = 8;

  /// Over `base`, which may still grow while nobody else reads it. Its ids and those made here never meet.
  explicit OriginTable(const OriginTable* base = nullptr) : base_(base), first_(base ? own_bit | 1 : 1) {}
  OriginTable(const OriginTable&) = delete;
  OriginTable& operator=(const OriginTable&) = delete;

  OriginId add_file_node(const OriginNode& node, std::string_view path);
  OriginId add_node(Span span, std::string_view path) { return add_file_node({span, {}, false}, path); }
  OriginId add_set(Span span, std::string_view path);
  /// The winner when there is no loser.
  OriginId add_override(OriginId winner, OriginId loser);
  /// no_origin for none, the one itself for one; duplicates count once; what passes most_parts is left out.
  OriginId join(std::span<const OriginId> ids);
  /// `outer`: the branch around it. Either may be missing, not both.
  OriginId add_branch(Span span, OriginId decider, OriginId outer);
  /// Of a value that was read from a text where that piece stands.
  OriginId add_rendered(const TracePiece& piece, OriginId origin);

  const Origin& get(OriginId id) const { return id >= first_ ? own_[id - first_] : base_->get(id); }
  OriginId first() const { return first_; }
  OriginId next() const { return first_ + static_cast<OriginId>(own_.size()); }
  const OriginTable* base() const { return base_; }

  /// Notes that somebody looked at the value from there. Of the base too: what is read is kept in this table.
  void mark_read(OriginId id) {
    if (id == no_origin) return;
    std::vector<bool>& reads = id >= first_ ? own_reads_ : base_reads_;
    const std::size_t at = id >= first_ ? id - first_ : id;
    if (at >= reads.size()) reads.resize(at + 1 + at / 2);
    reads[at] = true;
  }
  bool is_read(OriginId id) const {
    const std::vector<bool>& reads = id >= first_ ? own_reads_ : base_reads_;
    const std::size_t at = id >= first_ ? id - first_ : id;
    return at < reads.size() && reads[at];
  }

 private:
  static constexpr OriginId own_bit = OriginId{1} << 31;

  OriginId push(const Origin& origin) {
    own_.push_back(origin);
    return next() - 1;
  }
  std::span<const OriginId> keep(std::span<const OriginId> ids);

  const OriginTable* base_;
  OriginId first_;
  Arena arena_;  // of paths and parts
  std::deque<Origin> own_;
  std::vector<bool> own_reads_;
  std::vector<bool> base_reads_;
};

}  // namespace rhumb
