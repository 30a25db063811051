// The tree of a document, as go-yaml's parser builds it before anything is decoded. Nodes and keys live in a scratch
// arena, the text of values in the heap that the result will live in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rhumb/value/value.h"
#include "rhumb/yaml/events.h"

namespace rhumb::yaml {

enum class NodeKind : std::uint8_t { scalar, sequence, mapping, alias };

struct Node {
  NodeKind kind = NodeKind::scalar;
  ScalarStyle style = ScalarStyle::plain;
  bool implicit = false;
  bool expanding = false;   // an alias that is being decoded
  std::uint32_t line = 0;   // from 0
  std::uint32_t begin = 0;  // bytes, only when the builder was asked for them
  std::uint32_t end = 0;
  std::string_view value;  // of a scalar; of an alias its name
  std::string_view tag;
  Node* target = nullptr;  // of an alias
  Node* first = nullptr;   // children; of a mapping keys and values in turn
  Node* next = nullptr;
};

class NodeBuilder {
 public:
  /// `marks`: fill begin and end.
  NodeBuilder(std::string_view text, Arena& scratch, Heap& heap, bool marks,
              std::uint32_t depth_limit = Limits{}.yaml_depth)
      : reader_(text, depth_limit), scratch_(scratch), heap_(heap), marks_(marks) {}

  /// The root of the first document; null for an empty stream or after an error.
  Node* build();
  const std::string& error() const { return error_; }

 private:
  struct Open {
    Node* node;
    Node* last;
    bool expects_key;
  };

  bool add(const Event& event);
  Node* make(const Event& event, bool is_key);
  bool resolve_alias(Node& node, const Event& event);
  void attach(Node* node);
  void close(const Event& event);

  EventReader reader_;
  Arena& scratch_;
  Heap& heap_;
  bool marks_;
  std::vector<Open> open_;
  Node* root_ = nullptr;
  std::unordered_map<std::string_view, Node*> anchors_;
  std::string error_;
};

}  // namespace rhumb::yaml
