// A YAML document as a tree whose nodes know their place in the text: what rules read rendered objects, values files
// and Chart.yaml with. Scalars are resolved as go-yaml v2 does, aliases and merge keys are carried out, of duplicate
// keys the last one counts, as in Go; the others are kept aside.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/arena.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/result.h"
#include "rhumb/yaml/events.h"

namespace rhumb::yaml {

enum class TreeType : std::uint8_t { null, boolean, integer, floating, string, list, map };

struct TreeNode {
  TreeType type = TreeType::null;
  ScalarStyle style = ScalarStyle::plain;
  std::uint32_t index = 0;  // among the parent's children
  // Bytes of the text: of the value (empty for a null that is not written), and of its key.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t key_begin = 0;
  std::uint32_t key_end = 0;
  std::string_view key;   // in a map
  std::string_view text;  // of a scalar: a string's value, everything else as it is written
  union {
    bool boolean;
    std::int64_t integer = 0;
    double floating;
  };
  const TreeNode* parent = nullptr;
  std::span<const TreeNode> children;
};

/// A node, or none: looking into what is not there gives what is not there. Cheap to copy; the Tree must live.
class NodeRef {
 public:
  NodeRef() = default;
  explicit NodeRef(const TreeNode* node) : node_(node) {}

  bool exists() const { return node_ != nullptr; }
  explicit operator bool() const { return exists(); }
  /// Not there, or null: to the API server the same.
  bool is_null() const { return node_ == nullptr || node_->type == TreeType::null; }
  TreeType type() const { return node_ == nullptr ? TreeType::null : node_->type; }
  bool is_map() const { return type() == TreeType::map; }
  bool is_list() const { return type() == TreeType::list; }
  bool is_string() const { return type() == TreeType::string; }
  bool is_boolean() const { return type() == TreeType::boolean; }
  bool is_number() const { return type() == TreeType::integer || type() == TreeType::floating; }
  bool is_scalar() const { return node_ != nullptr && !is_map() && !is_list() && !is_null(); }

  /// The entry of a map; none for anything else.
  NodeRef operator[](std::string_view key) const;
  /// The item of a list.
  NodeRef operator[](std::size_t index) const;
  /// Several keys: at({"spec", "template", "spec"}).
  NodeRef at(std::initializer_list<std::string_view> keys) const;
  /// Of a list or a map; none for anything else.
  std::span<const TreeNode> children() const {
    return node_ == nullptr ? std::span<const TreeNode>() : node_->children;
  }
  std::size_t size() const { return children().size(); }
  bool empty() const { return children().empty(); }

  /// Of a string; empty for anything else.
  std::string_view text() const { return is_string() ? node_->text : std::string_view(); }
  /// Of any scalar, as it is written; empty for null, maps and lists.
  std::string_view scalar_text() const { return is_scalar() ? node_->text : std::string_view(); }
  /// Of an integer, or a number without a fraction.
  std::optional<std::int64_t> integer() const;
  std::optional<bool> boolean() const;
  bool is_true() const { return boolean().value_or(false); }
  /// The texts of a list of scalars.
  std::vector<std::string> texts() const;

  std::string_view key() const { return node_ == nullptr ? std::string_view() : node_->key; }
  NodeRef parent() const { return NodeRef(node_ == nullptr ? nullptr : node_->parent); }
  /// From the root: ".spec.containers[0].image", keys that are no plain words as ["a.b/c"]; "." for the root.
  std::string path() const;
  const TreeNode* node() const { return node_; }

  /// Each child as a NodeRef.
  class Iterator {
   public:
    explicit Iterator(const TreeNode* at) : at_(at) {}
    NodeRef operator*() const { return NodeRef(at_); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const TreeNode* at_;
  };
  Iterator begin() const { return Iterator(children().data()); }
  Iterator end() const { return Iterator(children().data() + children().size()); }

  friend bool operator==(const NodeRef&, const NodeRef&) = default;

 private:
  const TreeNode* node_ = nullptr;
};

class Tree {
 public:
  struct Duplicate {
    std::string_view key;
    std::uint32_t begin = 0;  // of the key that does not count
    std::uint32_t end = 0;
  };

  /// The first document of a text. Errors as go-yaml words them: "yaml: line 3: did not find expected key".
  static Result<Tree> read(std::string_view text, const Limits& limits = {});

  /// None for an empty document.
  NodeRef root() const { return NodeRef(root_); }
  std::span<const Duplicate> duplicates() const { return duplicates_; }

 private:
  Tree() = default;
  friend class TreeBuilder;

  std::unique_ptr<Arena> arena_;
  const TreeNode* root_ = nullptr;
  std::vector<Duplicate> duplicates_;
};

/// Both the same to the API server: types, scalars by value, maps in any order.
bool equal(NodeRef a, NodeRef b);

/// A path as NodeRef::path() writes it, the leading dot left out or not; none where it leads nowhere or cannot be read.
NodeRef find_path(NodeRef root, std::string_view path);

/// A key as a step of a path: `word`, or ["a.b/c"].
std::string path_step(std::string_view key);
/// A path with further steps behind it.
std::string join_path(std::string_view path, std::string_view steps);
/// The keys and indexes that a path consists of, as far as it can be read.
std::vector<std::string_view> path_keys(std::string_view path);

}  // namespace rhumb::yaml
