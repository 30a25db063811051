// Values that nobody looked at.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "render/scopes.h"
#include "render/static_reads.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"
#include "rhumb/render/cause.h"

namespace rhumb::render {
namespace {

/// A node of a file. Aliases give several of the same span: they are one.
struct FileNode {
  const Origin* origin = nullptr;
  bool read = false;
  bool whole = false;  // with all below it
  bool read_below = false;
};

class Reads {
 public:
  explicit Reads(const Rendering& rendering)
      : rendering_(rendering), origins_(*rendering.origins()), scopes_(rendering) {}

  std::vector<ValueRead> unread();

 private:
  void collect(const OriginTable& table, bool is_base);
  void spread(OriginId id);
  void mark(OriginId id, bool whole);
  bool is_map(OriginId id) const;
  bool is_chart_file(FileId file) const;
  void spread_below(const Value& value);
  void spread_disabled();
  bool is_named(std::string_view path) const;
  void find_unread(std::vector<FileNode>& nodes, std::vector<ValueRead>& unread) const;

  const Rendering& rendering_;
  const OriginTable& origins_;
  Scopes scopes_;
  std::unordered_set<OriginId> read_;
  std::unordered_set<OriginId> whole_;
  std::unordered_set<OriginId> spread_;
  std::unordered_set<OriginId> spread_whole_;
  std::map<FileId, std::vector<FileNode>> files_;
  StaticReads static_;
  std::unordered_set<const void*> done_;  // maps and lists of which all was spread
};

bool Reads::is_chart_file(FileId file) const {
  const auto& all = scopes_.all();
  return std::any_of(all.begin(), all.end(), [&](const Scope& scope) { return scope.defaults == file; });
}

/// A map that was laid over another one leaves what is in it; everything else takes the place of all there was.
bool Reads::is_map(OriginId id) const {
  while (origins_.get(id).kind == OriginKind::override_) id = origins_.get(id).parts[0];
  return origins_.get(id).is_map;
}

void Reads::mark(OriginId id, bool whole) {
  read_.insert(id);
  if (whole) whole_.insert(id);
}

/// Whatever flowed into something that was read was read.
void Reads::spread(OriginId start) {
  struct Step {
    OriginId id;
    bool whole;
  };
  std::vector<Step> open{{start, false}};
  while (!open.empty()) {
    const auto [id, whole] = open.back();
    open.pop_back();
    if (id == no_origin || !(whole ? spread_whole_ : spread_).insert(id).second) continue;
    const Origin& origin = origins_.get(id);
    switch (origin.kind) {
      case OriginKind::yaml_node:
      case OriginKind::set_flag: mark(id, whole); break;
      case OriginKind::override_: {
        const bool merged = is_map(origin.parts[0]) && is_map(origin.parts[1]);
        open.push_back({origin.parts[0], whole});
        open.push_back({origin.parts[1], whole || !merged});
        break;
      }
      default:
        for (const OriginId part : origin.parts) open.push_back({part, whole});
    }
  }
}

/// The same for a value and all below it.
void Reads::spread_below(const Value& value) {
  check_stack("looking for reads of values");
  spread(value.origin());
  if (value.is_list() && !value.as_list().empty() && done_.insert(value.as_list().data()).second) {
    for (const Value& item : value.as_list()) spread_below(item);
  } else if (value.is_map() && value.as_map() != nullptr && done_.insert(value.as_map()).second) {
    for (const Map::Entry& entry : value.as_map()->entries()) spread_below(entry.value);
  }
}

/// Of what is switched off nobody can say whether it would be read.
void Reads::spread_disabled() {
  for (const Scope& scope : scopes_.all()) {
    for (const std::string& name : scope.instance->disabled_dependencies) {
      const Value* const values = scope.values == nullptr ? nullptr : scope.values->find(name);
      if (values != nullptr) spread_below(*values);
    }
  }
}

/// Whether a part that was not executed names a field like one of the keys.
bool Reads::is_named(std::string_view path) const {
  const std::vector<std::string_view> keys = strings::split(path, ".");
  if (static_.names_executed.contains(keys.back().substr(0, keys.back().find('[')))) return true;
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view key) { return static_.names.contains(key.substr(0, key.find('['))); });
}

void Reads::collect(const OriginTable& table, bool is_base) {
  for (OriginId id = table.first(); id < table.next(); ++id) {
    const Origin& origin = table.get(id);
    if (origin.kind != OriginKind::yaml_node && origin.kind != OriginKind::set_flag) continue;
    if (!origin.span.known() || (is_base && !is_chart_file(origin.span.file))) continue;
    files_[origin.span.file].push_back({&origin, read_.contains(id), whole_.contains(id)});
  }
}

/// The topmost nodes without a read in them.
void Reads::find_unread(std::vector<FileNode>& nodes, std::vector<ValueRead>& unread) const {
  std::stable_sort(nodes.begin(), nodes.end(), [](const FileNode& a, const FileNode& b) {
    const Span& x = a.origin->span;
    const Span& y = b.origin->span;
    return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
  });
  std::vector<FileNode> unique;
  for (const FileNode& node : nodes) {
    if (!unique.empty() && unique.back().origin->span == node.origin->span) {
      unique.back().read |= node.read;
      unique.back().whole |= node.whole;
    } else {
      unique.push_back(node);
    }
  }
  const auto holds = [](const FileNode& outer, const FileNode& inner) {
    return inner.origin->span.begin >= outer.origin->span.begin && inner.origin->span.end <= outer.origin->span.end;
  };
  std::vector<std::size_t> open;  // the nodes around the one that is looked at
  for (std::size_t i = 0; i < unique.size(); ++i) {
    while (!open.empty() && !holds(unique[open.back()], unique[i])) open.pop_back();
    if (unique[i].read) {
      for (const std::size_t outer : open) unique[outer].read_below = true;
    }
    open.push_back(i);
  }
  for (std::size_t i = 0; i < unique.size(); ++i) {
    const FileNode& node = unique[i];
    const bool is_root = node.origin->path.empty();
    if (!node.whole && (is_root || node.read || node.read_below)) continue;
    if (!node.whole && !is_named(node.origin->path)) {
      unread.push_back({node.origin->span, node.origin->key, std::string(node.origin->path)});
    }
    while (i + 1 < unique.size() && holds(node, unique[i + 1])) ++i;
  }
}

std::vector<ValueRead> Reads::unread() {
  const OriginTable* const base = origins_.base();
  for (OriginId id = origins_.first(); id < origins_.next(); ++id) {
    if (origins_.is_read(id)) spread(id);
  }
  for (OriginId id = base == nullptr ? 0 : base->first(); base != nullptr && id < base->next(); ++id) {
    if (origins_.is_read(id)) spread(id);
  }
  spread_disabled();
  static_ = static_reads(rendering_, scopes_);
  for (const Value* const value : static_.values) spread_below(*value);
  if (base != nullptr) collect(*base, true);
  collect(origins_, false);
  std::vector<ValueRead> unread;
  for (auto& [file, nodes] : files_) find_unread(nodes, unread);
  return unread;
}

}  // namespace

std::vector<ValueRead> unread_values(const Rendering& rendering) {
  if (rendering.traced() == nullptr) return {};
  return Reads(rendering).unread();
}

}  // namespace rhumb::render
