// What a schema is and what it validates, in one form: JSON whose numbers keep their text (json.Number), and Values as
// Go's fmt prints their numbers. Members are in the order of their keys.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "rhumb/base/arena.h"
#include "rhumb/value/value.h"

namespace rhumb::jsonschema {

enum class NodeKind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  array,
  object,
  other,  // what no JSON has: NaN, []string, a struct
};

struct Member;

struct Node {
  NodeKind kind = NodeKind::null;
  bool boolean = false;
  /// Of an object: which keys it may have, a bit for many. See key_bit().
  std::uint32_t keys = 0;
  /// Of a string what it holds, of a number its digits, of what is other its Go type.
  std::string_view text;
  std::span<const Node> items;
  std::span<const Member> members;

  bool is(NodeKind asked) const { return kind == asked; }
  bool is_object() const { return kind == NodeKind::object; }
  /// Null without such a member.
  const Node* find(std::string_view key) const;
  /// The same for members of one kind.
  const Node* find(std::string_view key, NodeKind asked) const {
    const Node* const found = find(key);
    return found != nullptr && found->kind == asked ? found : nullptr;
  }
};

/// Most look-ups are for keywords that are not there.
inline std::uint32_t key_bit(std::string_view key) {
  const std::size_t first = key.empty() ? 0 : static_cast<unsigned char>(key.front());
  const std::size_t last = key.empty() ? 0 : static_cast<unsigned char>(key.back());
  return 1U << ((key.size() * 7 + first * 3 + last) % 32);
}

struct Member {
  std::string_view key;
  Node value;
};

/// As UnmarshalJSON of the library. The text must live as long as the arena. Throws Failure with Go's text.
const Node* parse_json(std::string_view text, Arena& arena);

/// A value as the library sees it through Go's types. It may change meanwhile, its heap must live as long as the arena.
Node node_of(const Value& value, Arena& arena);

}  // namespace rhumb::jsonschema
