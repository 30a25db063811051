#include "funcs/support/glob_syntax.h"

#include <algorithm>

#include "rhumb/base/limits.h"
#include "rhumb/base/utf8.h"

namespace rhumb::funcs {
namespace {

constexpr std::size_t most_nested_braces = 200;
constexpr char32_t end_of_text = 0;  // a NUL in a pattern ends it, too

class GlobParser {
 public:
  GlobParser(std::string_view text, GlobNodes& nodes) : text_(text), nodes_(nodes) {}

  const GlobNode* run() {
    GlobNode* const root = add(GlobNodeKind::pattern);
    open_.push_back(root);
    while (!failed_) {
      const char32_t rune = next();
      if (failed_) return nullptr;
      if (rune == end_of_text) return root;
      if (!item(rune)) return nullptr;
    }
    return nullptr;
  }

 private:
  GlobNode* add(GlobNodeKind kind) {
    nodes_.emplace_back();
    nodes_.back().kind = kind;
    return &nodes_.back();
  }
  GlobNode* append(GlobNodeKind kind) {
    GlobNode* const node = add(kind);
    open_.back()->children.push_back(node);
    return node;
  }

  char32_t peek() {
    const utf8::Rune rune = utf8::decode(text_.substr(at_));
    if (rune.width == 0) return end_of_text;
    // The library takes a U+FFFD that is written for an invalid byte.
    if (rune.value == utf8::rune_error) failed_ = true;
    return failed_ ? end_of_text : rune.value;
  }
  char32_t next() {
    const char32_t rune = peek();
    at_ += failed_ ? 0 : utf8::decode(text_.substr(at_)).width;
    return rune;
  }

  bool in_braces() const { return open_.size() > 1; }

  bool item(char32_t rune) {
    switch (rune) {
      case '{': open_braces(); return true;
      case '[': return range();
      case '?': append(GlobNodeKind::single); return true;
      case '*': return star();
      case ',':
        if (!in_braces()) break;
        open_.pop_back();
        open_.push_back(append_alternative());
        return true;
      case '}':
        if (!in_braces()) break;
        open_.pop_back();
        braces_.pop_back();
        return true;
      default: break;
    }
    at_ -= utf8::encode(rune).size();
    text(in_braces() ? U"?*[{}," : U"?*[{");
    return !failed_;
  }

  void open_braces() {
    if (braces_.size() == most_nested_braces) {
      throw LimitError("a glob with more than " + std::to_string(most_nested_braces) + " nested braces");
    }
    braces_.push_back(append(GlobNodeKind::any_of));
    open_.push_back(append_alternative());
  }
  GlobNode* append_alternative() {
    GlobNode* const pattern = add(GlobNodeKind::pattern);
    braces_.back()->children.push_back(pattern);
    return pattern;
  }

  bool star() {
    const bool is_super = peek() == '*';
    if (failed_) return false;
    if (is_super) next();
    append(is_super ? GlobNodeKind::super : GlobNodeKind::any);
    return true;
  }

  std::u32string take_text(std::u32string_view breakers) {
    std::u32string taken;
    bool escaped = false;
    while (true) {
      const char32_t rune = peek();
      if (rune == end_of_text) {
        next();
        return taken;
      }
      if (!escaped && rune != '\\' && breakers.find(rune) != std::u32string_view::npos) return taken;
      next();
      if (!escaped && rune == '\\') {
        escaped = true;
        continue;
      }
      escaped = false;
      taken += rune;
    }
  }

  void text(std::u32string_view breakers) {
    std::u32string taken = take_text(breakers);
    if (!failed_ && !taken.empty()) append(GlobNodeKind::text)->text = std::move(taken);
  }

  /// Behind "[": "!" or not, then "a-z" or runes up to "]".
  bool range() {
    bool negated = false;
    char32_t rune = next();
    if (rune == '!') {
      negated = true;
      rune = next();
    }
    if (rune == end_of_text) return false;
    if (peek() == '-') {
      next();
      const char32_t high = next();
      if (high == end_of_text || next() != ']' || failed_ || high < rune) return false;
      add_range(rune, high, negated);
      return true;
    }
    at_ -= utf8::encode(rune).size();
    std::u32string runes = take_text(U"]");
    if (failed_ || runes.empty() || next() != ']') return false;
    GlobNode* const node = append(GlobNodeKind::list);
    node->text = std::move(runes);
    node->negated = negated;
    return !failed_;
  }

  void add_range(char32_t low, char32_t high, bool negated) {
    GlobNode* const node = append(GlobNodeKind::range);
    node->low = low;
    node->high = high;
    node->negated = negated;
  }

  std::string_view text_;
  GlobNodes& nodes_;
  std::size_t at_ = 0;
  bool failed_ = false;
  std::vector<GlobNode*> open_;    // patterns, the innermost last
  std::vector<GlobNode*> braces_;  // the any_of around each pattern but the first
};

}  // namespace

bool equal(const GlobNode& a, const GlobNode& b) {
  return a.kind == b.kind && a.text == b.text && a.low == b.low && a.high == b.high && a.negated == b.negated &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                    [](const GlobNode* x, const GlobNode* y) { return equal(*x, *y); });
}

const GlobNode* parse_glob(std::string_view pattern, GlobNodes& nodes) { return GlobParser(pattern, nodes).run(); }

}  // namespace rhumb::funcs
