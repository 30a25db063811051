// Where a value comes from: a 32-bit id into an append-only table. The table of what was loaded is shared and frozen;
// each rendering that is traced continues it with a table of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/source.h"

namespace rhumb {

using OriginId = std::uint32_t;
inline constexpr OriginId no_origin = 0;

enum class OriginKind : std::uint8_t {
  yaml_node,  // a node of a file: span, path of keys
  set_flag,   // a --set and its kind: text
  override_,  // winner, loser
  join,       // up to eight others
  branch,     // the value that decided a branch, and the place of the branch
};

struct Origin {
  OriginKind kind = OriginKind::yaml_node;
  Span span;                    // of the node, the flag's text or the branch
  std::string_view path;        // of keys: "tmsOdoo.image.tag"
  std::vector<OriginId> parts;  // winner and loser, the joined, the decider
};

class OriginTable {
 public:
  static constexpr std::size_t most_parts = 8;

  /// Over `base`, which may still grow while nobody else reads it. Its ids and those made here never meet.
  explicit OriginTable(const OriginTable* base = nullptr) : base_(base), first_(base ? own_bit | 1 : 1) {}

  OriginId add_node(Span span, std::string path);
  OriginId add_set(Span span, std::string path);
  /// The winner when there is no loser.
  OriginId add_override(OriginId winner, OriginId loser);
  /// no_origin for none, the one itself for one; duplicates count once; what passes most_parts is left out.
  OriginId join(std::span<const OriginId> ids);
  OriginId add_branch(Span span, OriginId decider);

  const Origin& get(OriginId id) const;
  OriginId next() const { return first_ + static_cast<OriginId>(own_.size()); }

 private:
  static constexpr OriginId own_bit = OriginId{1} << 31;

  struct Own {
    Origin origin;
    std::string path;
  };
  OriginId push(Origin origin, std::string path);

  const OriginTable* base_;
  OriginId first_;
  std::vector<std::unique_ptr<Own>> own_;
};

}  // namespace rhumb
