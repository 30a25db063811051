// How a rendering came to each piece of its output: the calls and branches on the way, and the parts of templates that
// it left out. Filled by the Executor while tracing; pieces (TracePiece) refer to it.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "rhumb/base/arena.h"
#include "rhumb/gotmpl/ast.h"

namespace rhumb::gotmpl {

class ParsedFile;

enum class SiteKind : std::uint8_t {
  include,    // {{ include "x" . }}
  template_,  // {{ template "x" . }}
  tpl,        // {{ tpl .text . }}
  branch,     // within an if, with or range
  print,      // a text that was made elsewhere is written here
  slot,       // an if, with or range that was not taken: only slots refer to it
};

/// What a condition reads: `names` of a map, which is known by its address.
struct ConditionRead {
  const Map* map = nullptr;
  OriginId map_origin = no_origin;
  std::span<const std::string_view> names;
};

struct Site {
  SiteKind kind = SiteKind::branch;
  FileId file = no_file;  // of the node
  SiteId parent = no_site;
  SiteId inner = no_site;         // print: of the text that is written
  OriginId origin = no_origin;    // branch, slot: what decided; tpl: where its text comes from
  OriginId literals = no_origin;  // branch: the origin of what stands in it
  const Node* node = nullptr;
  FileId text_file = no_file;            // tpl: of a file that was given as it is
  std::string_view name;                 // include, template_: of the template; tpl: the text
  std::span<const ConditionRead> reads;  // slot
};

class TraceTable {
 public:
  TraceTable() = default;
  TraceTable(const TraceTable&) = delete;
  TraceTable& operator=(const TraceTable&) = delete;

  /// Null for no_site.
  const Site* find(SiteId id) const { return id == no_site ? nullptr : &sites_[id - 1]; }
  Site& get(SiteId id) { return sites_[id - 1]; }
  SiteId add(const Site& site);
  /// Again the last site of the same kind at that node, when it is in the same place and from the same origin: loops
  /// would fill the table.
  SiteId find_or_add(const Site& site);
  Arena& arena() { return arena_; }
  std::span<const ConditionRead> keep(std::span<const ConditionRead> reads);

  /// Lists, templates and arguments of and/or that were executed.
  void note_execution(const void* node) { executed_.insert(node); }
  bool was_executed(const void* node) const { return executed_.contains(node); }

 private:
  static constexpr std::size_t recent_count = 512;

  std::deque<Site> sites_;
  Arena arena_;
  std::vector<SiteId> recent_;
  std::unordered_set<const void*> executed_;
};

}  // namespace rhumb::gotmpl
