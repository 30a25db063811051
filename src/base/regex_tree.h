// How deep and how large a regular expression is, as Go counts it: enough of the tree of regexp/syntax to know which
// patterns Go refuses ("expression nests too deeply", "expression too large", "invalid repeat count").
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace rhumb::regex {

class RegexTree {
 public:
  RegexTree() : groups_(1) {}

  void push_literal() { groups_.back().concat.push_back({Kind::literal, 1, 0, 1, 1}); }
  /// A class, an assertion, a dot.
  void push_leaf() { groups_.back().concat.push_back({Kind::leaf, 1, 0, 1, 1}); }
  void open(bool captures) {
    groups_.emplace_back();
    groups_.back().captures = captures;
  }
  void alternative() { finish_concat(groups_.back()); }
  /// False when no group is open.
  bool close();
  /// The end of the pattern; false when a group is still open.
  bool close_all();
  /// Repeats what stands last; false when nothing does. `most` is -1 for no end.
  bool repeat(int least, int most, bool counted);
  /// How often, by counted repetitions inside of one another, the last element repeats.
  std::int64_t top_repeats() const { return groups_.back().concat.back().repeats; }
  /// Null while all is well.
  const char* error() const { return error_; }

 private:
  enum class Kind : unsigned char { literal, leaf, repeat, concat, alternate, capture };

  struct Node {
    Kind kind;
    int height;
    int child_height;
    std::int64_t size;
    std::int64_t repeats;
  };

  struct Group {
    std::vector<Node> concat;
    std::vector<Node> alternatives;
    bool captures = false;
  };

  static Node joined(const std::vector<Node>& nodes, Kind kind);
  void finish_concat(Group& group);
  Node finish(Group& group);
  void check(const Node& node);

  std::vector<Group> groups_;
  const char* error_ = nullptr;
};

}  // namespace rhumb::regex
