#include "jsonschema/equality.h"

#include <functional>
#include <unordered_map>
#include <vector>

#include "jsonschema/decimal.h"
#include "jsonschema/failure.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/stack.h"

namespace rhumb::jsonschema {
namespace {

/// Longer lists are searched by hash.
constexpr std::size_t few_items = 20;

bool is_not_a_number(const Node& node) {
  return node.kind == NodeKind::other && (node.text == "float64" || node.text == "float32");
}

Comparison compare_items(const Node& a, const Node& b, Effort& effort) {
  if (a.items.size() != b.items.size()) return {};
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    const Comparison item = compare(a.items[i], b.items[i], effort);
    if (!item.equal) return item;
  }
  return {true, nullptr};
}

Comparison compare_members(const Node& a, const Node& b, Effort& effort) {
  if (a.members.size() != b.members.size()) return {};
  for (std::size_t i = 0; i < a.members.size(); ++i) {
    if (a.members[i].key != b.members[i].key) return {};
    const Comparison member = compare(a.members[i].value, b.members[i].value, effort);
    if (!member.equal) return member;
  }
  return {true, nullptr};
}

/// Of which there is one way to write each, but for zero.
bool is_plain_integer(std::string_view text) {
  return text.find_first_of(".eE") == std::string_view::npos && text != "-0";
}

bool equal_numbers(const Node& a, const Node& b) {
  if (!b.is(NodeKind::number)) return false;
  if (is_plain_integer(a.text) && is_plain_integer(b.text)) return a.text == b.text;
  const auto first = Decimal::parse(a.text);
  const auto second = Decimal::parse(b.text);
  return first && second && *first == *second;
}

class Hasher {
 public:
  explicit Hasher(Effort& effort) : effort_(effort) {}

  std::size_t hash(const Node& node) {
    effort_.step();
    std::size_t seed = static_cast<std::size_t>(node.kind);
    switch (node.kind) {
      case NodeKind::boolean: return mix(seed, node.boolean ? 1 : 0);
      case NodeKind::string: return mix(seed, std::hash<std::string_view>()(node.text));
      case NodeKind::number: {
        const auto number = Decimal::parse(node.text);
        if (!number) throw nil_dereference();
        return mix(seed, number->hash());
      }
      case NodeKind::array:
        for (const Node& item : node.items) seed = mix(seed, hash(item));
        return seed;
      case NodeKind::object:
        for (const Member& member : node.members) {
          seed = mix(mix(seed, std::hash<std::string_view>()(member.key)), hash(member.value));
        }
        return seed;
      default:
        if (is_not_a_number(node)) throw nil_dereference();
        return seed;
    }
  }

 private:
  static std::size_t mix(std::size_t seed, std::size_t value) {
    return (seed ^ (value + 0x9E3779B97F4A7C15U + (seed << 6U) + (seed >> 2U))) * 0xFF51AFD7ED558CCDU;
  }

  Effort& effort_;
};

}  // namespace

void Effort::fail() const {
  throw LimitError("validating against a JSON schema exceeds the limit of " + std::to_string(limit_) + " steps");
}

Comparison compare(const Node& a, const Node& b, Effort& effort) {
  effort.step();
  check_stack("comparing values");
  switch (a.kind) {
    case NodeKind::object: return b.is_object() ? compare_members(a, b, effort) : Comparison{};
    case NodeKind::array: return b.is(NodeKind::array) ? compare_items(a, b, effort) : Comparison{};
    case NodeKind::null: return {b.is(NodeKind::null), nullptr};
    case NodeKind::boolean: return {b.is(NodeKind::boolean) && a.boolean == b.boolean, nullptr};
    case NodeKind::string: return {b.is(NodeKind::string) && a.text == b.text, nullptr};
    case NodeKind::number: return {equal_numbers(a, b), nullptr};
    default: return {false, is_not_a_number(a) ? nullptr : &a};
  }
}

std::optional<Duplicates> find_duplicates(std::span<const Node> items, Effort& effort) {
  const auto check = [&](std::size_t first, std::size_t second) -> std::optional<Duplicates> {
    const Comparison comparison = compare(items[second], items[first], effort);
    if (!comparison.decided()) return std::nullopt;
    return Duplicates{first, second, comparison.strange};
  };
  if (items.size() <= few_items) {
    for (std::size_t second = 1; second < items.size(); ++second) {
      for (std::size_t first = 0; first < second; ++first) {
        if (const auto found = check(first, second)) return found;
      }
    }
    return std::nullopt;
  }
  Hasher hasher(effort);
  std::unordered_map<std::size_t, std::vector<std::size_t>> by_hash;
  for (std::size_t second = 0; second < items.size(); ++second) {
    std::vector<std::size_t>& alike = by_hash[hasher.hash(items[second])];
    for (const std::size_t first : alike) {
      if (const auto found = check(first, second)) return found;
    }
    alike.push_back(second);
  }
  return std::nullopt;
}

}  // namespace rhumb::jsonschema
