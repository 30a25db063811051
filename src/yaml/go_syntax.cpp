#include "go_syntax.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "resolve.h"
#include "rhumb/base/base64.h"
#include "rhumb/base/stack.h"
#include "rhumb/value/go_number.h"

namespace rhumb::yaml {
namespace {

// Errors with values are short: what is longer than this has been built to be.
constexpr std::size_t length_limit = 1 << 20;
constexpr std::size_t depth_limit = 10000;

class Printer {
 public:
  std::string out;

  void print(const Node& node) {
    if (out.size() > length_limit || depth_ == depth_limit) return;
    ++depth_;
    check_stack("printing a value");
    switch (node.kind) {
      case NodeKind::alias: print(*node.target); break;
      case NodeKind::sequence: print_sequence(node); break;
      case NodeKind::mapping: print_mapping(node); break;
      case NodeKind::scalar: print_scalar(node); break;
    }
    --depth_;
  }

 private:
  std::size_t depth_ = 0;

  // A key, for the order of fmt: nil, then by type (in the order in which Go's linker happens to place them), then by
  // value.
  struct Key {
    Resolved resolved;
    std::string text;

    int rank() const {
      switch (resolved.type) {
        case ScalarType::null: return 0;
        case ScalarType::unsigned_integer: return 2;
        case ScalarType::integer: return 3;
        case ScalarType::floating: return 4;
        case ScalarType::boolean: return 5;
        default: return 1;
      }
    }

    bool operator<(const Key& other) const {
      if (rank() != other.rank()) return rank() < other.rank();
      switch (resolved.type) {
        case ScalarType::null: return false;
        case ScalarType::unsigned_integer: return resolved.unsigned_integer < other.resolved.unsigned_integer;
        case ScalarType::integer: return resolved.integer < other.resolved.integer;
        case ScalarType::floating:
          return std::isnan(resolved.floating) ? !std::isnan(other.resolved.floating)
                                               : resolved.floating < other.resolved.floating;
        case ScalarType::boolean: return resolved.boolean < other.resolved.boolean;
        default: return text < other.text;
      }
    }
  };
  using Entries = std::vector<std::pair<Key, const Node*>>;

  static Resolved resolve(const Node& node) {
    if (node.tag.empty()) return node.implicit ? resolve_plain(node.value) : Resolved{};
    std::string error;
    return resolve_tagged(node.tag, node.value, error);
  }

  void print_sequence(const Node& node) {
    out += "[]interface {}{";
    for (const Node* item = node.first; item != nullptr; item = item->next) {
      if (item != node.first) out += ", ";
      print(*item);
    }
    out += '}';
  }

  static Key key_of(const Node& node) {
    const Resolved resolved = resolve(node);
    if (resolved.type != ScalarType::binary) return {resolved, std::string(node.value)};
    return {Resolved{}, decode_base64(node.value).value_or("")};
  }

  static void set(Entries& entries, const Node& key, const Node& value) {
    Key made = key_of(key);
    const bool is_nan = made.resolved.type == ScalarType::floating && std::isnan(made.resolved.floating);
    for (auto& entry : entries) {
      if (!is_nan && !(entry.first < made) && !(made < entry.first)) {
        entry.second = &value;
        return;
      }
    }
    entries.emplace_back(std::move(made), &value);
  }

  // The maps of merges count as they are at hand; those in lists are left out.
  static void collect(Entries& entries, const Node& node) {
    check_stack("printing a value");
    const Node& mapping = node.kind == NodeKind::alias ? *node.target : node;
    for (const Node* key = mapping.first; key != nullptr && key->next != nullptr; key = key->next->next) {
      const Node& name = key->kind == NodeKind::alias ? *key->target : *key;
      if (name.value == "<<" && (name.implicit || name.tag == merge_tag)) {
        if (key->next->kind != NodeKind::sequence) collect(entries, *key->next);
      } else {
        set(entries, name, *key->next);
      }
    }
  }

  void print_mapping(const Node& node) {
    Entries entries;
    collect(entries, node);
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    out += "map[interface {}]interface {}{";
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0) out += ", ";
      print_resolved(entries[i].first.resolved, entries[i].first.text);
      out += ':';
      print(*entries[i].second);
    }
    out += '}';
  }

  void print_scalar(const Node& node) {
    const Key value = key_of(node);
    print_resolved(value.resolved, value.text);
  }

  void print_resolved(const Resolved& resolved, std::string_view text) {
    switch (resolved.type) {
      case ScalarType::null: out += "interface {}(nil)"; break;
      case ScalarType::boolean: out += resolved.boolean ? "true" : "false"; break;
      case ScalarType::integer: out += std::to_string(resolved.integer); break;
      case ScalarType::unsigned_integer: print_hexadecimal(resolved.unsigned_integer); break;
      case ScalarType::floating: append_float(out, resolved.floating, 'g', -1); break;
      default: append_quoted(out, text); break;
    }
  }

  void print_hexadecimal(std::uint64_t value) {
    out += "0x";
    int shift = 60;
    while (shift > 0 && (value >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) out += "0123456789abcdef"[(value >> shift) & 15];
  }
};

}  // namespace

std::string go_syntax(const Node& node, bool bare_nil) {
  Printer printer;
  printer.print(node);
  if (bare_nil && printer.out == "interface {}(nil)") return "<nil>";
  return std::move(printer.out);
}

}  // namespace rhumb::yaml
