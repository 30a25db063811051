#include "base/regex_tree.h"

namespace rhumb::regex {
namespace {

constexpr int most_height = 1000;
// Instructions of 40 bytes in 128 MB.
constexpr std::int64_t most_size = (std::int64_t{128} << 20) / 40;

}  // namespace

/// Nodes of one kind inside of one another are one node, and neighbouring literals one literal.
RegexTree::Node RegexTree::joined(const std::vector<Node>& nodes, Kind kind) {
  if (nodes.empty()) return {Kind::leaf, 1, 0, 1, 1};
  Node all{kind, 0, 0, 0, 1};
  bool only_literals = true;
  bool only_single = true;
  for (const Node& node : nodes) {
    all.child_height = std::max(all.child_height, node.kind == kind ? node.child_height : node.height);
    all.size += node.size;
    all.repeats = std::max(all.repeats, node.repeats);
    only_literals = only_literals && node.kind == Kind::literal;
    only_single = only_single && node.height == 1 && node.size == 1;
  }
  if (nodes.size() == 1) return nodes.front();
  if (kind == Kind::concat && only_literals) return {Kind::literal, 1, 0, all.size, 1};
  // Single characters between bars are one class.
  if (kind == Kind::alternate && only_single) return {Kind::leaf, 1, 0, 1, 1};
  if (kind == Kind::alternate) all.size += static_cast<std::int64_t>(nodes.size()) - 1;
  all.height = all.child_height + 1;
  return all;
}

void RegexTree::check(const Node& node) {
  if (node.size > most_size)
    error_ = "expression too large";
  else if (node.height > most_height)
    error_ = "expression nests too deeply";
}

void RegexTree::finish_concat(Group& group) {
  group.alternatives.push_back(joined(group.concat, Kind::concat));
  group.concat.clear();
  check(group.alternatives.back());
}

RegexTree::Node RegexTree::finish(Group& group) {
  finish_concat(group);
  const Node node = joined(group.alternatives, Kind::alternate);
  check(node);
  return node;
}

bool RegexTree::close() {
  if (groups_.size() < 2) return false;
  Node node = finish(groups_.back());
  if (groups_.back().captures) node = {Kind::capture, node.height + 1, node.height, node.size + 2, node.repeats};
  groups_.pop_back();
  groups_.back().concat.push_back(node);
  check(node);
  return true;
}

bool RegexTree::close_all() {
  if (groups_.size() != 1) return false;
  finish(groups_.back());
  return true;
}

bool RegexTree::repeat(int least, int most, bool counted) {
  std::vector<Node>& nodes = groups_.back().concat;
  if (nodes.empty()) return false;
  Node& node = nodes.back();
  std::int64_t size = node.size + (least == 0 && most < 0 ? 2 : 1);
  std::int64_t repeats = node.repeats;
  if (counted) {
    if (most < 0 && least > 0) size = 1 + least * node.size;
    if (most >= 0) size = most * node.size + (most - least);
    repeats = most == 0 ? 1 : repeats * std::max(most < 0 ? least : most, 1);
  }
  node = {Kind::repeat, node.height + 1, node.height, std::max<std::int64_t>(size, 1), repeats};
  check(node);
  return true;
}

}  // namespace rhumb::regex
