// rhumb.yaml as a tree of nodes that know their places; yaml-cpp reads the text and lives here alone.
//
// yaml-cpp's events are taken rather than its own nodes: those know no places of keys and let an alias stand for a node
// that holds it. What is built here has no circles, and `weight` says what a walk over it costs.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "rhumb/base/result.h"
#include "rhumb/base/source.h"

namespace rhumb::project {

struct Node {
  enum class Kind : std::uint8_t { null, text, list, map };

  Kind kind = Kind::null;
  /// A text in quotes, a block text, or one with the tag !!str.
  bool quoted = false;
  std::string text;
  Span span;
  std::vector<const Node*> items;
  /// Keys are texts; the same one may come twice.
  std::vector<std::pair<const Node*, const Node*>> entries;
  /// Nodes below and itself, aliases followed.
  std::size_t weight = 1;

  bool is_null() const { return kind == Kind::null; }
  bool is_text() const { return kind == Kind::text; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  /// The first of that key; null for none.
  const Node* find(std::string_view key) const;
};

/// "a list": what a node is, for messages.
std::string_view kind_name(const Node& node);

struct DocumentLimits {
  std::size_t bytes = 1U << 20;
  std::size_t depth = 32;
  std::size_t nodes = 200'000;
};

class Document {
 public:
  /// A single document whose root is a map, or nothing at all (an empty map). Errors: "rhumb.yaml:3:5: ...".
  static Result<Document> read(FileId file, const Sources& sources, const DocumentLimits& limits = {});

  const Node& root() const { return *root_; }

 private:
  std::deque<Node> nodes_;
  const Node* root_ = nullptr;
};

/// A message with its place before it, as in "rhumb.yaml:12:5: ..."; the place is that of the span's begin.
Diagnostic error_at(const Sources& sources, Span span, std::string_view message);

}  // namespace rhumb::project
