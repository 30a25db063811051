// The syntax tree of a glob (see file_glob.h).
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::funcs {

enum class GlobNodeKind : unsigned char { pattern, any_of, any, super, single, nothing, list, range, text };

struct GlobNode {
  GlobNodeKind kind = GlobNodeKind::pattern;
  std::u32string text;  // of a text or a list
  char32_t low = 0;     // of a range
  char32_t high = 0;
  bool negated = false;
  std::vector<const GlobNode*> children;
};

bool equal(const GlobNode& a, const GlobNode& b);

/// Owns the nodes.
using GlobNodes = std::deque<GlobNode>;

/// The root, a pattern; null for a malformed one. Throws LimitError for braces that are nested too deeply.
const GlobNode* parse_glob(std::string_view pattern, GlobNodes& nodes);

}  // namespace rhumb::funcs
