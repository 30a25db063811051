#include "funcs/support/file_glob.h"

#include <algorithm>
#include <deque>
#include <span>

#include "funcs/support/glob_matcher.h"
#include "funcs/support/glob_syntax.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/utf8.h"

namespace rhumb::funcs {
namespace {

constexpr std::size_t longest_pattern = 4096;
constexpr std::u32string_view separators = U"/";

using NodeList = std::vector<const GlobNode*>;

}  // namespace

/// A compiled pattern: its matchers, and the syntax tree that they were made of.
class GlobTree {
 public:
  bool compile(std::string_view pattern) {
    const GlobNode* const root = parse_glob(pattern, nodes_);
    if (root == nullptr) return false;
    root_ = compile_node(*root);
    return true;
  }
  const Matcher& root() const { return *root_; }

 private:
  Matcher& make(MatcherKind kind) {
    matchers_.emplace_back();
    matchers_.back().kind = kind;
    return matchers_.back();
  }
  const Matcher* make_text(MatcherKind kind, std::string text, std::u32string runes = {}) {
    Matcher& matcher = make(kind);
    matcher.text = std::move(text);
    matcher.runes = std::move(runes);
    return &matcher;
  }
  const Matcher* make_limit(MatcherKind kind, std::ptrdiff_t limit) {
    Matcher& matcher = make(kind);
    matcher.limit = limit;
    return &matcher;
  }

  const GlobNode* make_pattern(GlobNodeKind kind, NodeList children) {
    nodes_.emplace_back();
    nodes_.back().kind = kind;
    nodes_.back().children = std::move(children);
    return &nodes_.back();
  }

  const Matcher* compile_node(const GlobNode& node) {
    switch (node.kind) {
      case GlobNodeKind::any_of: return compile_any_of(node);
      case GlobNodeKind::pattern:
        if (node.children.empty()) return &make(MatcherKind::nothing);
        return optimize(join(minimize(compile_children(node))));
      case GlobNodeKind::any: return make_text(MatcherKind::any, {}, std::u32string(separators));
      case GlobNodeKind::super: return &make(MatcherKind::super);
      case GlobNodeKind::single: return make_text(MatcherKind::single, {}, std::u32string(separators));
      case GlobNodeKind::nothing: return &make(MatcherKind::nothing);
      case GlobNodeKind::text: return make_text(MatcherKind::text, utf8::from_runes(node.text));
      case GlobNodeKind::list:
      case GlobNodeKind::range: break;
    }
    Matcher& matcher = make(node.kind == GlobNodeKind::list ? MatcherKind::list : MatcherKind::range);
    matcher.runes = node.text;
    matcher.low = node.low;
    matcher.high = node.high;
    matcher.negated = node.negated;
    return optimize(&matcher);
  }

  const Matcher* compile_any_of(const GlobNode& node) {
    if (const GlobNode* const smaller = factor_out(node)) return compile_node(*smaller);
    Matchers parts = compile_children(node);
    Matcher& matcher = make(MatcherKind::any_of);
    matcher.parts = std::move(parts);
    return &matcher;
  }

  Matchers compile_children(const GlobNode& node) {
    Matchers made;
    for (const GlobNode* const child : node.children) made.push_back(optimize(compile_node(*child)));
    return made;
  }

  // --- alternatives with a common start or end ---

  /// The alternatives with what all of them share taken out of the braces; null when they share nothing.
  const GlobNode* factor_out(const GlobNode& node) {
    NodeList left;
    NodeList right;
    common_children(node.children, left, right);
    if (left.empty() && right.empty()) return nullptr;
    NodeList result;
    if (!left.empty()) result.push_back(make_pattern(GlobNodeKind::pattern, left));
    NodeList rest;
    for (const GlobNode* const child : node.children) {
      NodeList middle(child->children.begin() + static_cast<std::ptrdiff_t>(left.size()),
                      child->children.end() - static_cast<std::ptrdiff_t>(right.size()));
      const auto kind = middle.empty() ? GlobNodeKind::nothing : GlobNodeKind::pattern;
      const GlobNode* const made = make_pattern(kind, std::move(middle));
      if (std::none_of(rest.begin(), rest.end(), [&](const GlobNode* other) { return equal(*other, *made); })) {
        rest.push_back(made);
      }
    }
    if (rest.size() > 1) {
      result.push_back(make_pattern(GlobNodeKind::any_of, rest));
    } else if (rest[0]->kind != GlobNodeKind::nothing) {
      result.push_back(rest[0]);
    }
    if (!right.empty()) result.push_back(make_pattern(GlobNodeKind::pattern, right));
    return make_pattern(GlobNodeKind::pattern, std::move(result));
  }

  static void common_children(const NodeList& nodes, NodeList& left, NodeList& right) {
    if (nodes.size() <= 1) return;
    const auto fewer = [](const GlobNode* a, const GlobNode* b) { return a->children.size() < b->children.size(); };
    const GlobNode* const least = *std::min_element(nodes.begin(), nodes.end(), fewer);
    const std::size_t count = least->children.size();
    bool left_ends = false;
    bool right_ends = false;
    std::size_t total = 0;
    for (std::size_t i = 0; i < count && total < count && !(left_ends && right_ends); ++i) {
      const std::size_t j = count - 1 - i;
      for (const GlobNode* const node : nodes) {
        if (left_ends && right_ends) break;
        if (node == least) continue;
        left_ends = left_ends || !equal(*least->children[i], *node->children[i]);
        right_ends = right_ends || (!left_ends && j <= i);
        right_ends = right_ends || !equal(*least->children[j], *node->children[j + node->children.size() - count]);
      }
      if (!left_ends) {
        ++total;
        left.push_back(least->children[i]);
      }
      if (!right_ends) {
        ++total;
        right.insert(right.begin(), least->children[j]);
      }
    }
  }

  // --- merging of matchers in sequence ---

  using Slice = std::span<const Matcher* const>;

  const Matcher* glue(Slice matchers) {
    if (matchers.size() <= 1) return nullptr;
    const Matcher* const every = glue_as_every(matchers);
    return every != nullptr ? every : glue_as_row(matchers);
  }

  const Matcher* glue_as_row(Slice matchers) {
    std::ptrdiff_t length = 0;
    for (const Matcher* const matcher : matchers) {
      const std::ptrdiff_t own = matcher->length();
      if (own == -1) return nullptr;
      length += own;
    }
    Matcher& row = make(MatcherKind::row);
    row.parts.assign(matchers.begin(), matchers.end());
    row.limit = length;
    return &row;
  }

  const Matcher* glue_as_every(Slice matchers) {
    bool has_any = false;
    bool has_super = false;
    std::ptrdiff_t singles = 0;
    for (const Matcher* const matcher : matchers) {
      switch (matcher->kind) {
        case MatcherKind::super: has_super = true; break;
        case MatcherKind::any: has_any = true; break;
        case MatcherKind::single: ++singles; break;
        case MatcherKind::list:
          if (!matcher->negated) return nullptr;
          ++singles;
          break;
        default: return nullptr;
      }
      if (matcher->runes != matchers[0]->runes) return nullptr;
    }
    const std::u32string excluded = matchers[0]->runes;
    if (has_super && !has_any && singles == 0) return &make(MatcherKind::super);
    if (has_any && !has_super && singles == 0) return make_text(MatcherKind::any, {}, excluded);
    if ((has_any || has_super) && singles > 0 && excluded.empty()) return make_limit(MatcherKind::min, singles);
    Matchers parts;
    if (singles > 0) {
      parts.push_back(make_limit(MatcherKind::min, singles));
      if (!has_any && !has_super) parts.push_back(make_limit(MatcherKind::max, singles));
    }
    if (!excluded.empty()) {
      // Looks for all of the excluded runes in sequence, not for any of them.
      Matcher& contains = make(MatcherKind::contains);
      contains.text = utf8::from_runes(excluded);
      contains.negated = true;
      parts.push_back(&contains);
    }
    Matcher& every = make(MatcherKind::every_of);
    every.parts = std::move(parts);
    return &every;
  }

  Matchers minimize(Matchers matchers) {
    while (true) {
      const Matcher* best = nullptr;
      std::size_t from = 0;
      std::size_t to = 0;
      for (std::size_t left = 0; left < matchers.size(); ++left) {
        for (std::size_t right = matchers.size(); right > left; --right) {
          const Matcher* const glued = glue(Slice(matchers).subspan(left, right - left));
          if (glued == nullptr || !replaces(best, to - from, glued, right - left)) continue;
          best = glued;
          from = left;
          to = right;
        }
      }
      if (best == nullptr) return matchers;
      matchers[from] = best;
      matchers.erase(matchers.begin() + static_cast<std::ptrdiff_t>(from) + 1,
                     matchers.begin() + static_cast<std::ptrdiff_t>(to));
    }
  }

  static bool replaces(const Matcher* old, std::size_t old_count, const Matcher* glued, std::size_t count) {
    if (old == nullptr || old_count < count) return true;
    const std::ptrdiff_t before = old->length();
    const std::ptrdiff_t after = glued->length();
    return before > -1 && after > -1 && after > before;
  }

  /// Several matchers as a tree around the longest of fixed length.
  const Matcher* join(Slice matchers) {
    if (matchers.size() == 1) return matchers[0];
    if (const Matcher* const glued = glue(matchers)) return glued;
    std::size_t middle = 0;
    std::ptrdiff_t longest = -1;
    for (std::size_t i = 0; i < matchers.size(); ++i) {
      const std::ptrdiff_t length = matchers[i]->length();
      if (length == -1 || length < longest) continue;
      longest = length;
      middle = i;
    }
    const Slice left = matchers.first(longest == -1 ? 0 : middle);
    const Slice right = matchers.subspan(middle + 1);
    return make_tree(matchers[middle], left.empty() ? nullptr : join(left), right.empty() ? nullptr : join(right));
  }

  const Matcher* make_tree(const Matcher* value, const Matcher* left, const Matcher* right) {
    Matcher& tree = make(MatcherKind::tree);
    tree.value = value;
    tree.left = left;
    tree.right = right;
    tree.left_length = left == nullptr ? 0 : left->length();
    tree.right_length = right == nullptr ? 0 : right->length();
    const std::ptrdiff_t own = value->length();
    const bool known = own != -1 && tree.left_length != -1 && tree.right_length != -1;
    tree.tree_length = known ? tree.left_length + own + tree.right_length : -1;
    return &tree;
  }

  const Matcher* optimize(const Matcher* matcher) {
    if (matcher == nullptr) return nullptr;
    switch (matcher->kind) {
      case MatcherKind::any: return matcher->runes.empty() ? &make(MatcherKind::super) : matcher;
      case MatcherKind::any_of: return matcher->parts.size() == 1 ? matcher->parts[0] : matcher;
      case MatcherKind::list:
        if (matcher->negated || matcher->runes.size() != 1) return matcher;
        return make_text(MatcherKind::text, utf8::from_runes(matcher->runes));
      case MatcherKind::tree: return optimize_tree(*matcher);
      default: return matcher;
    }
  }

  const Matcher* optimize_tree(const Matcher& tree) {
    Matcher better = tree;
    better.left = optimize(tree.left);
    better.right = optimize(tree.right);
    if (tree.value->kind == MatcherKind::text) {
      if (const Matcher* const simple = simplify(better)) return simple;
    }
    matchers_.push_back(std::move(better));
    return &matchers_.back();
  }

  /// A text with something simple to its sides.
  const Matcher* simplify(const Matcher& tree) {
    const std::string& text = tree.value->text;
    const auto is = [](const Matcher* side, MatcherKind kind) { return side != nullptr && side->kind == kind; };
    const bool no_left = tree.left == nullptr;
    const bool no_right = tree.right == nullptr;
    const bool left_super = is(tree.left, MatcherKind::super);
    const bool right_super = is(tree.right, MatcherKind::super);
    if (no_left && no_right) return make_text(MatcherKind::text, text);
    if (left_super && right_super) return make_text(MatcherKind::contains, text);
    if (left_super && no_right) return make_text(MatcherKind::suffix, text);
    if (right_super && no_left) return make_text(MatcherKind::prefix, text);
    if (no_left && is(tree.right, MatcherKind::suffix)) return make_prefix_suffix(text, tree.right->text);
    if (no_right && is(tree.left, MatcherKind::prefix)) return make_prefix_suffix(tree.left->text, text);
    if (no_right && is(tree.left, MatcherKind::any)) {
      return make_text(MatcherKind::suffix_any, text, tree.left->runes);
    }
    if (no_left && is(tree.right, MatcherKind::any)) {
      return make_text(MatcherKind::prefix_any, text, tree.right->runes);
    }
    return nullptr;
  }

  const Matcher* make_prefix_suffix(std::string prefix, std::string suffix) {
    Matcher& matcher = make(MatcherKind::prefix_suffix);
    matcher.text = std::move(prefix);
    matcher.suffix = std::move(suffix);
    return &matcher;
  }

  GlobNodes nodes_;
  std::deque<Matcher> matchers_;
  const Matcher* root_ = nullptr;
};

FileGlob::FileGlob(std::unique_ptr<GlobTree> tree) : tree_(std::move(tree)) {}
FileGlob::FileGlob(FileGlob&&) noexcept = default;
FileGlob& FileGlob::operator=(FileGlob&&) noexcept = default;
FileGlob::~FileGlob() = default;

std::optional<FileGlob> FileGlob::compile(std::string_view pattern) {
  if (pattern.size() > longest_pattern) {
    throw LimitError("a glob of " + std::to_string(pattern.size()) + " bytes exceeds the limit of " +
                     std::to_string(longest_pattern) + " bytes");
  }
  auto tree = std::make_unique<GlobTree>();
  if (!tree->compile(pattern)) return std::nullopt;
  return FileGlob(std::move(tree));
}

bool FileGlob::match(std::string_view name) const {
  MatchRun run;
  return run.match(tree_->root(), name);
}

}  // namespace rhumb::funcs
