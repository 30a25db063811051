#include "jsonschema/document.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "jsonschema/failure.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"
#include "rhumb/yaml/json.h"

namespace rhumb::jsonschema {
namespace {

/// As encoding/json's limit.
constexpr std::size_t most_depth = 10000;

/// So few that comparing each is faster than a search.
constexpr std::size_t few_members = 12;

std::uint32_t keys_of(std::span<const Member> members) {
  std::uint32_t keys = 0;
  for (const Member& member : members) keys |= key_bit(member.key);
  return keys;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <typename T>
std::span<const T> keep(Arena& arena, std::vector<T>& stack, std::size_t from) {
  const std::size_t size = stack.size() - from;
  T* const items = arena.create_array<T>(size);
  std::move(stack.begin() + static_cast<std::ptrdiff_t>(from), stack.end(), items);
  stack.resize(from);
  return {items, size};
}

/// Good JSON only; what is wrong with other texts is for the scanner of the module yaml to say.
class Parser {
 public:
  Parser(std::string_view text, Arena& arena) : text_(text), arena_(arena) {}

  bool run(Node& out) {
    if (!value(out)) return false;
    blanks();
    return at_ == text_.size();
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    if (peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }

  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  void blanks() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
    }
  }

  bool value(Node& out) {
    blanks();
    switch (peek()) {
      case '{': return object(out);
      case '[': return array(out);
      case '"': out.kind = NodeKind::string; return string(out.text);
      case 'n': return take("null");
      case 't':
      case 'f':
        out.kind = NodeKind::boolean;
        out.boolean = peek() == 't';
        return take(out.boolean ? "true" : "false");
      default: return number(out);
    }
  }

  bool digits() {
    if (!is_digit(peek())) return false;
    while (is_digit(peek())) ++at_;
    return true;
  }

  bool number(Node& out) {
    const std::size_t from = at_;
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    out.kind = NodeKind::number;
    out.text = text_.substr(from, at_ - from);
    return true;
  }

  bool open() {
    ++at_;
    blanks();
    check_stack("reading a JSON schema");
    return ++depth_ <= most_depth;
  }

  bool array(Node& out) {
    if (!open()) return false;
    const std::size_t from = nodes_.size();
    if (!take(']')) {
      do {
        Node item;
        if (!value(item)) return false;
        nodes_.push_back(item);
        blanks();
      } while (take(','));
      if (!take(']')) return false;
    }
    --depth_;
    out.kind = NodeKind::array;
    out.items = keep(arena_, nodes_, from);
    return true;
  }

  bool object(Node& out) {
    if (!open()) return false;
    const std::size_t from = members_.size();
    if (!take('}')) {
      do {
        Member member;
        blanks();
        if (!string(member.key)) return false;
        blanks();
        if (!take(':') || !value(member.value)) return false;
        members_.push_back(member);
        blanks();
      } while (take(','));
      if (!take('}')) return false;
    }
    --depth_;
    sort_members(from);
    out.kind = NodeKind::object;
    out.members = keep(arena_, members_, from);
    out.keys = keys_of(out.members);
    return true;
  }

  /// Of members with one key the last counts.
  void sort_members(std::size_t from) {
    const auto first = members_.begin() + static_cast<std::ptrdiff_t>(from);
    const auto by_key = [](const Member& a, const Member& b) { return a.key < b.key; };
    if (!std::is_sorted(first, members_.end(), by_key)) std::stable_sort(first, members_.end(), by_key);
    auto out = first;
    for (auto at = first; at != members_.end(); ++at) {
      if (at + 1 == members_.end() || (at + 1)->key != at->key) *out++ = *at;
    }
    members_.erase(out, members_.end());
  }

  bool string(std::string_view& out) {
    if (!take('"')) return false;
    const std::size_t from = at_;
    bool plain = true;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte < 0x20) return false;
      if (byte == '\\') ++at_;
      plain = plain && byte != '\\' && byte < 0x80;
    }
    if (at_ >= text_.size()) return false;
    out = text_.substr(from, at_ - from);
    ++at_;
    return plain || decode(out);
  }

  /// Escapes, and invalid UTF-8, which becomes U+FFFD.
  bool decode(std::string_view& text) {
    std::string made;
    for (std::string_view rest = text; !rest.empty();) {
      if (rest[0] != '\\') {
        const utf8::Rune rune = utf8::decode(rest);
        utf8::append(made, rune.value);
        rest.remove_prefix(rune.width);
      } else if (!escape(rest, made)) {
        return false;
      }
    }
    text = arena_.copy(made);
    return true;
  }

  bool escape(std::string_view& rest, std::string& out) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t letter = letters.find(rest[1]);
    if (letter != std::string_view::npos) {
      out += meanings[letter];
      rest.remove_prefix(2);
      return true;
    }
    char32_t unit = 0;
    if (!hex(rest, unit)) return false;
    rest.remove_prefix(6);
    char32_t low = 0;
    if (unit >= 0xD800 && unit < 0xDC00 && hex(rest, low) && low >= 0xDC00 && low < 0xE000) {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      rest.remove_prefix(6);
    }
    utf8::append(out, unit);
    return true;
  }

  static bool hex(std::string_view text, char32_t& out) {
    if (text.size() < 6 || !text.starts_with("\\u")) return false;
    const auto unit = parse_uint(text.substr(2, 4), 16);
    out = static_cast<char32_t>(unit.value);
    return static_cast<bool>(unit);
  }

  std::string_view text_;
  Arena& arena_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::vector<Node> nodes_;
  std::vector<Member> members_;
};

[[noreturn]] void fail_as_go(std::string_view text) {
  Heap heap;
  std::size_t used = 0;
  const yaml::JsonReading reading = yaml::read_json_prefix(text, heap, used);
  throw Failure{reading.ok() ? "invalid character after top-level value" : reading.error};
}

/// Counted texts go with the last value that has them.
std::string_view lasting_text(const Value& value, Arena& arena) {
  const Text* const text = value.text_payload();
  return text != nullptr && text->is_counted() ? arena.copy(value.as_text()) : value.as_text();
}

Node number_node(const Value& value, Arena& arena) {
  Node node;
  node.kind = NodeKind::number;
  node.text = arena.copy(sprint(value));
  return node;
}

Node other_node(const Value& value) {
  Node node;
  node.kind = NodeKind::other;
  node.text = value.type_name();
  return node;
}

Node object_node(const Map* map, Arena& arena) {
  Node node;
  node.kind = NodeKind::object;
  if (map == nullptr) return node;
  const std::span<const Map::Entry> entries = map->entries();
  Member* const members = arena.create_array<Member>(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    members[i].key = entries[i].key;
    members[i].value = node_of(entries[i].value, arena);
  }
  node.members = {members, entries.size()};
  node.keys = keys_of(node.members);
  return node;
}

Node array_node(const Value& value, Arena& arena) {
  Node node;
  node.kind = NodeKind::array;
  const std::span<const Value> values = value.as_list();
  Node* const items = arena.create_array<Node>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) items[i] = node_of(values[i], arena);
  node.items = {items, values.size()};
  return node;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  if ((keys & key_bit(key)) == 0) return nullptr;
  if (members.size() <= few_members) {
    for (const Member& member : members) {
      if (member.key == key) return &member.value;
    }
    return nullptr;
  }
  const auto at = std::lower_bound(members.begin(), members.end(), key,
                                   [](const Member& member, std::string_view wanted) { return member.key < wanted; });
  return at != members.end() && at->key == key ? &at->value : nullptr;
}

const Node* parse_json(std::string_view text, Arena& arena) {
  Node* const root = arena.create<Node>();
  if (!Parser(text, arena).run(*root)) fail_as_go(text);
  return root;
}

/// As typeOf of the library: named types and other slices and maps are none of JSON's.
Node node_of(const Value& value, Arena& arena) {
  check_stack("validating values");
  Node node;
  switch (value.type()) {
    case Type::nil: return node;
    case Type::boolean:
      node.kind = NodeKind::boolean;
      node.boolean = value.as_bool();
      return node;
    case Type::string:
      node.kind = NodeKind::string;
      node.text = lasting_text(value, arena);
      return node;
    case Type::slice_any: return array_node(value, arena);
    case Type::map_any: return object_node(value.as_map(), arena);
    case Type::int_:
    case Type::int8:
    case Type::int16:
    case Type::int32:
    case Type::int64:
    case Type::uint:
    case Type::uint8:
    case Type::uint16:
    case Type::uint32:
    case Type::uint64: return number_node(value, arena);
    case Type::float32:
    case Type::float64: return std::isfinite(value.as_double()) ? number_node(value, arena) : other_node(value);
    default: return other_node(value);
  }
}

}  // namespace rhumb::jsonschema
