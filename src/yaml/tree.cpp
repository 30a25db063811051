#include "rhumb/yaml/tree.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "nodes.h"
#include "resolve.h"
#include "rhumb/base/base64.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::yaml {

/// From the parser's nodes, which are shared where a document has aliases, to a tree whose every node has one parent.
class TreeBuilder {
 public:
  TreeBuilder(Tree& tree, std::string_view text, const Limits& limits) : tree_(tree), text_(text), limits_(limits) {
    tree_.arena_ = std::make_unique<Arena>(limits.memory_bytes);
  }

  Result<void> build() {
    Arena scratch(limits_.memory_bytes);
    Heap heap({.limit_bytes = limits_.memory_bytes});
    NodeBuilder builder(text_, scratch, heap, true, limits_.yaml_depth);
    Node* const root = builder.build();
    if (!builder.error().empty()) return error(builder.error());
    if (root == nullptr) return {};
    auto* const node = tree_.arena_->create<TreeNode>();
    fill(*node, *root);
    if (!error_.empty()) return error("yaml: " + error_);
    tree_.root_ = node;
    return {};
  }

 private:
  static constexpr std::size_t step_bytes = 256;

  struct Entry {
    const Node* key;
    Node* value;
  };
  /// The entries of a map in the order in which their keys came first.
  struct Entries {
    std::vector<std::pair<std::string_view, Entry>> list;
    std::unordered_map<std::string_view, std::size_t> by_key;
  };

  void fill(TreeNode& to, Node& from) {
    check_stack("reading YAML");
    Node* node = &from;
    if (node->kind == NodeKind::alias) {
      if (node->expanding) return fail("anchor '" + std::string(node->value) + "' value contains itself");
      node->expanding = true;
      fill(to, *node->target);
      node->expanding = false;
      return;
    }
    to.begin = node->begin;
    to.end = std::max(node->begin, node->end);
    to.style = node->style;
    switch (node->kind) {
      case NodeKind::scalar: return fill_scalar(to, *node);
      case NodeKind::sequence: return fill_list(to, *node);
      default: return fill_map(to, *node);
    }
  }

  Resolved resolve(const Node& node) {
    if (node.tag.empty()) return node.implicit ? resolve_plain(node.value) : Resolved{};
    std::string error;
    const Resolved resolved = resolve_tagged(node.tag, node.value, error);
    if (!error.empty()) fail(std::move(error));
    return resolved;
  }

  void fill_scalar(TreeNode& to, const Node& from) {
    const Resolved resolved = resolve(from);
    to.text = tree_.arena_->copy(from.value);
    switch (resolved.type) {
      case ScalarType::null: to.type = TreeType::null; break;
      case ScalarType::boolean:
        to.type = TreeType::boolean;
        to.boolean = resolved.boolean;
        break;
      case ScalarType::integer:
        to.type = TreeType::integer;
        to.integer = resolved.integer;
        break;
      case ScalarType::unsigned_integer:
        to.type = TreeType::floating;
        to.floating = static_cast<double>(resolved.unsigned_integer);
        break;
      case ScalarType::floating:
        to.type = TreeType::floating;
        to.floating = resolved.floating;
        break;
      case ScalarType::binary:
        to.type = TreeType::string;
        decode_binary(to);
        break;
      default: to.type = TreeType::string; break;
    }
  }

  void decode_binary(TreeNode& to) {
    const auto data = decode_base64(to.text);
    if (!data) return fail("!!binary value contains invalid base64 data");
    to.text = tree_.arena_->copy(utf8::to_valid(*data));
  }

  void fill_list(TreeNode& to, Node& from) {
    to.type = TreeType::list;
    std::size_t count = 0;
    for (const Node* item = from.first; item != nullptr; item = item->next) ++count;
    auto* const items = tree_.arena_->create_array<TreeNode>(count);
    to.children = {items, count};
    std::uint32_t index = 0;
    for (Node* item = from.first; item != nullptr && error_.empty(); item = item->next) {
      adopt(to, items[index], index);
      items[index].key_begin = items[index].key_end = item->begin;
      fill(items[index++], *item);
    }
  }

  void fill_map(TreeNode& to, Node& from) {
    to.type = TreeType::map;
    Entries entries;
    collect(from, entries, false);
    auto* const items = tree_.arena_->create_array<TreeNode>(entries.list.size());
    to.children = {items, entries.list.size()};
    std::uint32_t index = 0;
    for (auto& [key, entry] : entries.list) {
      if (!error_.empty()) return;
      TreeNode& item = items[index];
      adopt(to, item, index++);
      item.key = key;
      item.key_begin = entry.key->begin;
      item.key_end = entry.key->end;
      fill(item, *entry.value);
    }
  }

  static void adopt(const TreeNode& parent, TreeNode& child, std::uint32_t index) {
    child.parent = &parent;
    child.index = index;
  }

  /// As go-yaml v2: whatever comes later wins, a merge over the keys before it too.
  void collect(Node& map, Entries& entries, bool merged) {
    for (Node* at = map.first; at != nullptr && at->next != nullptr && error_.empty(); at = at->next->next) {
      // Merges of merges double with every step, without anything being made.
      tree_.arena_->charge(step_bytes);
      if (is_merge(*at)) {
        merge(*at->next, entries);
      } else {
        add(entries, {at, at->next}, merged);
      }
    }
  }

  static bool is_merge(const Node& key) {
    return key.kind == NodeKind::scalar && key.value == "<<" && (key.implicit || key.tag == merge_tag);
  }

  void merge(Node& value, Entries& entries) {
    check_stack("reading YAML");
    Node& node = value.kind == NodeKind::alias ? *value.target : value;
    if (value.expanding) return fail("anchor '" + std::string(value.value) + "' value contains itself");
    value.expanding = true;
    if (node.kind == NodeKind::mapping) {
      collect(node, entries, true);
    } else if (node.kind == NodeKind::sequence) {
      // Earlier maps win: they are laid over the later ones.
      std::vector<Node*> maps;
      for (Node* item = node.first; item != nullptr; item = item->next) maps.push_back(item);
      std::for_each(maps.rbegin(), maps.rend(), [&](Node* map) { merge(*map, entries); });
    } else {
      fail("map merge requires map or sequence of maps as the value");
    }
    value.expanding = false;
  }

  void add(Entries& entries, Entry entry, bool merged) {
    const Node& key = entry.key->kind == NodeKind::alias ? *entry.key->target : *entry.key;
    if (key.kind != NodeKind::scalar) return fail("invalid map key");
    const std::string_view name = tree_.arena_->copy(key_text(key));
    const auto [found, is_new] = entries.by_key.try_emplace(name, entries.list.size());
    if (is_new) {
      entries.list.emplace_back(name, entry);
      return;
    }
    Entry& known = entries.list[found->second].second;
    if (!merged && !is_from_merge(known)) tree_.duplicates_.push_back({name, known.key->begin, known.key->end});
    known = entry;
    if (merged) merged_.insert(entry.key);
  }

  bool is_from_merge(const Entry& entry) const { return merged_.contains(entry.key); }

  /// As the JSON on Helm's way has keys.
  std::string key_text(const Node& key) {
    const Resolved resolved = resolve(key);
    if (resolved.type == ScalarType::boolean) return resolved.boolean ? "true" : "false";
    if (resolved.type == ScalarType::integer) return std::to_string(resolved.integer);
    if (resolved.type == ScalarType::floating) return float_key(resolved.floating);
    return std::string(key.value);
  }

  void fail(std::string text) {
    if (error_.empty()) error_ = std::move(text);
  }

  Tree& tree_;
  std::string_view text_;
  const Limits& limits_;
  std::unordered_set<const Node*> merged_;
  std::string error_;
};

Result<Tree> Tree::read(std::string_view text, const Limits& limits) {
  Tree tree;
  try {
    if (auto built = TreeBuilder(tree, text, limits).build(); !built) return std::move(built).error();
    return tree;
  } catch (const LimitError& limit) {
    return error(limit.what());
  }
}

NodeRef NodeRef::operator[](std::string_view key) const {
  if (!is_map()) return {};
  for (const TreeNode& child : node_->children) {
    if (child.key == key) return NodeRef(&child);
  }
  return {};
}

NodeRef NodeRef::operator[](std::size_t index) const {
  return is_list() && index < node_->children.size() ? NodeRef(&node_->children[index]) : NodeRef();
}

NodeRef NodeRef::at(std::initializer_list<std::string_view> keys) const {
  NodeRef node = *this;
  for (const std::string_view key : keys) node = node[key];
  return node;
}

std::optional<std::int64_t> NodeRef::integer() const {
  if (type() == TreeType::integer) return node_->integer;
  if (type() != TreeType::floating || !(std::abs(node_->floating) < 9e18)) return {};
  if (node_->floating != std::floor(node_->floating)) return {};
  return static_cast<std::int64_t>(node_->floating);
}

std::optional<bool> NodeRef::boolean() const {
  if (!is_boolean()) return {};
  return node_->boolean;
}

std::vector<std::string> NodeRef::texts() const {
  std::vector<std::string> texts;
  if (!is_list()) return texts;
  for (const NodeRef item : *this) {
    if (item.is_scalar()) texts.emplace_back(item.scalar_text());
  }
  return texts;
}

namespace {

bool is_plain_word(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void append_path(std::string& out, const TreeNode& node) {
  if (node.parent == nullptr) return;
  append_path(out, *node.parent);
  if (node.parent->type == TreeType::list) {
    out.append("[").append(std::to_string(node.index)).append("]");
  } else {
    out = join_path(out, path_step(node.key));
  }
}

/// Takes the next step off the path; false where there is none to be read.
bool take_step(std::string_view& path, std::string_view& key, bool& is_index) {
  is_index = false;
  if (path.starts_with('.')) path.remove_prefix(1);
  if (path.starts_with("[\"")) {
    const std::size_t end = path.find("\"]");
    if (end == std::string_view::npos) return false;
    key = path.substr(2, end - 2);
    path.remove_prefix(end + 2);
    return true;
  }
  if (path.starts_with('[')) {
    const std::size_t end = path.find(']');
    if (end == std::string_view::npos) return false;
    key = path.substr(1, end - 1);
    is_index = true;
    path.remove_prefix(end + 1);
    return true;
  }
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  key = path.substr(0, end);
  path.remove_prefix(end);
  return !key.empty();
}

bool equal_maps(NodeRef a, NodeRef b) {
  return std::all_of(a.children().begin(), a.children().end(), [&](const TreeNode& child) {
    const NodeRef other = b[child.key];
    return other.exists() && equal(NodeRef(&child), other);
  });
}

}  // namespace

std::string NodeRef::path() const {
  std::string out;
  if (node_ != nullptr) append_path(out, *node_);
  return out.empty() ? "." : out;
}

std::string path_step(std::string_view key) {
  return is_plain_word(key) ? std::string(key) : "[\"" + std::string(key) + "\"]";
}

std::string join_path(std::string_view path, std::string_view steps) {
  std::string joined(path == "." ? std::string_view() : path);
  return joined.append(steps.starts_with('[') ? "" : ".").append(steps);
}

std::vector<std::string_view> path_keys(std::string_view path) {
  std::vector<std::string_view> keys;
  std::string_view key;
  bool is_index = false;
  while (!path.empty() && take_step(path, key, is_index)) keys.push_back(key);
  return keys;
}

NodeRef find_path(NodeRef root, std::string_view path) {
  if (path == ".") return root;
  NodeRef node = root;
  while (!path.empty() && node) {
    std::string_view key;
    bool is_index = false;
    if (!take_step(path, key, is_index)) return {};
    if (!is_index) {
      node = node[key];
      continue;
    }
    const auto index = parse_int(key, 10, 32);
    if (!index || index.value < 0) return {};
    node = node[static_cast<std::size_t>(index.value)];
  }
  return node;
}

bool equal(NodeRef a, NodeRef b) {
  check_stack("comparing YAML");
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.is_number() && b.is_number()) {
    if (a.integer() && b.integer()) return a.integer() == b.integer();
    return a.scalar_text() == b.scalar_text();
  }
  if (a.type() != b.type() || a.size() != b.size()) return false;
  switch (a.type()) {
    case TreeType::boolean: return a.boolean() == b.boolean();
    case TreeType::list:
      return std::equal(a.children().begin(), a.children().end(), b.children().begin(),
                        [](const TreeNode& x, const TreeNode& y) { return equal(NodeRef(&x), NodeRef(&y)); });
    case TreeType::map: return equal_maps(a, b);
    default: return a.text() == b.text();
  }
}

}  // namespace rhumb::yaml
