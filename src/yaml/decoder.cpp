#include "decoder.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "go_syntax.h"
#include "rendered_origin.h"
#include "resolve.h"
#include "rhumb/base/base64.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::yaml {
namespace {

// encoding/json's limit.
constexpr std::size_t json_depth_limit = 10000;
// What a key that JSON cannot have is filed under until the whole document is known: such a key is an error only if
// nothing replaces the map around it. No key of a document starts with this byte.
constexpr char unsupported_key_mark = '\xFF';

using KeySet = std::unordered_set<std::string>;

// As allowedAliasRatio of go-yaml: how much of the decoding may come from aliases.
double allowed_alias_ratio(double decoded) {
  constexpr double low = 400'000;
  constexpr double high = 4'000'000;
  if (decoded <= low) return 0.99;
  if (decoded >= high) return 0.10;
  return 0.99 - 0.89 * ((decoded - low) / (high - low));
}

class Decoder {
 public:
  Decoder(Heap& heap, const ReadOptions& options, Numbers numbers, const TextPlace& place)
      : heap_(heap), options_(options), numbers_(numbers), place_(place), path_(options.path) {}

  Decoding decode(Node& root);

 private:
  // What a scalar key is, beside its text, for the duplicates of strict reading.
  struct Key {
    std::string text;
    std::string go_syntax = {};  // only when strict, as the next
    std::string identity = {};   // 5 is not 5.0
    bool supported = true;
  };

  Value unmarshal(Node& node);
  Value unmarshal_alias(Node& node);
  Value scalar(const Node& node);
  Value make_scalar(const Node& node, const Resolved& resolved);
  Value text_value(const Node& node, const Resolved& resolved);
  Value sequence(Node& node);
  Value mapping(Node& node);
  void fill(Node& node, Map& map, KeySet* seen);
  void merge(Node& value, Map& map, KeySet* seen);
  bool merge_one(Node& value, Map& map, KeySet* seen);
  void set(Map& map, const Key& key, const Node& key_node, KeySet* seen);
  Value unmarshal_at(Node& node, Span key);
  Key key(Node& node);
  Key scalar_key(const Node& node);
  bool count();
  bool enter(char bracket, const Node& node);
  void fail(std::string text);
  bool failed() const { return !error_.empty(); }
  Resolved resolve_node(const Node& node);
  void add_origin(Value& value, const Node& node);
  Span span_of(const Node& node) const;
  std::string conversion_error(const Value& value) const;
  void finish(Decoding& decoding) const;

  Heap& heap_;
  const ReadOptions& options_;
  Numbers numbers_;
  TextPlace place_;
  std::string path_;
  Span key_;  // of the node that is being decoded
  std::string error_;
  std::vector<std::string> strict_errors_;
  std::vector<std::string> unsupported_keys_;
  bool has_unsupported_number_ = false;
  char too_deep_ = 0;  // the bracket that opened one level too many
  std::size_t depth_ = 0;
  std::size_t decoded_ = 0;
  std::size_t from_aliases_ = 0;
  std::size_t alias_depth_ = 0;
};

bool is_merge_key(const Node& node) {
  return node.kind == NodeKind::scalar && node.value == "<<" && (node.implicit || node.tag == merge_tag);
}

void Decoder::fail(std::string text) {
  if (error_.empty()) error_ = "yaml: " + std::move(text);
}

bool Decoder::count() {
  ++decoded_;
  if (alias_depth_ > 0) ++from_aliases_;
  if (from_aliases_ > 100 && decoded_ > 1000 &&
      static_cast<double>(from_aliases_) / static_cast<double>(decoded_) >
          allowed_alias_ratio(static_cast<double>(decoded_))) {
    fail("document contains excessive aliasing");
  }
  return !failed();
}

Value Decoder::unmarshal(Node& node) {
  if (!count()) return {};
  switch (node.kind) {
    case NodeKind::scalar: return scalar(node);
    case NodeKind::alias: return unmarshal_alias(node);
    case NodeKind::sequence: return sequence(node);
    case NodeKind::mapping: return mapping(node);
  }
  return {};
}

Value Decoder::unmarshal_at(Node& node, Span key) {
  const Span outer = std::exchange(key_, key);
  Value value = unmarshal(node);
  key_ = outer;
  return value;
}

Value Decoder::unmarshal_alias(Node& node) {
  if (node.expanding) {
    fail("anchor '" + std::string(node.value) + "' value contains itself");
    return {};
  }
  node.expanding = true;
  ++alias_depth_;
  Value value = unmarshal(*node.target);
  --alias_depth_;
  node.expanding = false;
  return value;
}

Resolved Decoder::resolve_node(const Node& node) {
  if (node.tag.empty()) return node.implicit ? resolve_plain(node.value) : Resolved{};
  std::string error;
  const Resolved resolved = resolve_tagged(node.tag, node.value, error);
  if (!error.empty()) fail(std::move(error));
  return resolved;
}

Value Decoder::scalar(const Node& node) {
  Value value = make_scalar(node, resolve_node(node));
  add_origin(value, node);
  return value;
}

Value Decoder::make_scalar(const Node& node, const Resolved& resolved) {
  switch (resolved.type) {
    case ScalarType::null: return {};
    case ScalarType::boolean: return Value::boolean(resolved.boolean);
    case ScalarType::integer:
      if (numbers_ == Numbers::yaml) return Value::integer(resolved.integer);
      return Value::floating(static_cast<double>(resolved.integer));
    case ScalarType::unsigned_integer:
      if (numbers_ == Numbers::yaml) return Value::unsigned_integer(resolved.unsigned_integer);
      return Value::floating(static_cast<double>(resolved.unsigned_integer));
    case ScalarType::floating:
      if (!std::isfinite(resolved.floating)) has_unsupported_number_ = true;
      return Value::floating(resolved.floating);
    default: return text_value(node, resolved);
  }
}

Value Decoder::text_value(const Node& node, const Resolved& resolved) {
  if (resolved.type != ScalarType::binary) return heap_.string_reference(node.value);
  const auto data = decode_base64(node.value);
  if (!data) {
    fail("!!binary value contains invalid base64 data");
    return {};
  }
  return heap_.string(utf8::to_valid(*data));
}

bool Decoder::enter(char bracket, const Node& node) {
  if (depth_ == options_.limits.yaml_depth) {
    if (depth_ != json_depth_limit) {
      fail("line " + std::to_string(node.line + 1) + ": exceeded max depth of " + std::to_string(depth_));
    } else if (too_deep_ == 0) {
      too_deep_ = bracket;
    }
    return false;
  }
  ++depth_;
  check_stack("reading YAML");
  return true;
}

Value Decoder::sequence(Node& node) {
  if (!enter('[', node)) return {};
  std::vector<Value> items;
  const std::size_t length = path_.size();
  for (Node* item = node.first; item != nullptr && !failed(); item = item->next) {
    if (options_.origins != nullptr) path_.append("[").append(std::to_string(items.size())).append("]");
    items.push_back(unmarshal_at(*item, {}));
    path_.resize(length);
  }
  --depth_;
  Value value = heap_.appended_list(items);
  add_origin(value, node);
  return value;
}

Value Decoder::mapping(Node& node) {
  if (!enter('{', node)) return {};
  Value value = heap_.map();
  if (options_.strict) {
    KeySet seen;
    fill(node, *value.as_map(), &seen);
  } else {
    fill(node, *value.as_map(), nullptr);
  }
  --depth_;
  add_origin(value, node);
  return value;
}

void Decoder::fill(Node& node, Map& map, KeySet* seen) {
  std::size_t nodes = 0;
  for (const Node* at = node.first; at != nullptr; at = at->next) ++nodes;
  map.reserve(nodes / 2);
  for (Node* at = node.first; at != nullptr && at->next != nullptr && !failed(); at = at->next->next) {
    if (is_merge_key(*at)) {
      merge(*at->next, map, seen);
      continue;
    }
    const Key name = key(*at);
    if (failed()) return;
    set(map, name, *at, seen);
  }
}

void Decoder::set(Map& map, const Key& key, const Node& key_node, KeySet* seen) {
  Node& node = *key_node.next;
  const std::size_t length = path_.size();
  if (options_.origins != nullptr) {
    if (!path_.empty()) path_ += '.';
    path_ += key.text;
  }
  Value value = unmarshal_at(node, options_.origins != nullptr ? span_of(key_node) : Span());
  path_.resize(length);
  if (failed()) return;
  if (seen != nullptr && key.go_syntax != "NaN") {
    if (!seen->insert(key.identity).second) {
      strict_errors_.push_back("line " + std::to_string(node.line + 1) + ": key " + key.go_syntax +
                               " already set in map");
      return;
    }
  }
  if (key.supported) {
    map.set(key.text, std::move(value));
    return;
  }
  // The text of the complaint ends with the value.
  const std::string mark = unsupported_key_mark + key.text;
  unsupported_keys_.push_back(key.text + ", value: " + go_syntax(node, true));
  map.set(mark, Value::int64(static_cast<std::int64_t>(unsupported_keys_.size() - 1)));
}

Decoder::Key Decoder::key(Node& node) {
  if (!count()) return {};
  if (node.kind == NodeKind::scalar) return scalar_key(node);
  if (node.kind == NodeKind::alias) {
    if (node.expanding) {
      fail("anchor '" + std::string(node.value) + "' value contains itself");
      return {};
    }
    node.expanding = true;
    ++alias_depth_;
    Key found = key(*node.target);
    --alias_depth_;
    node.expanding = false;
    return found;
  }
  // Errors inside of the key come before the one about it.
  node.kind == NodeKind::sequence ? sequence(node) : mapping(node);
  if (!failed()) fail("invalid map key: " + go_syntax(node, false));
  return {};
}

Decoder::Key Decoder::scalar_key(const Node& node) {
  const Resolved resolved = resolve_node(node);
  Key key;
  switch (resolved.type) {
    case ScalarType::null:
      key.text = "unsupported map key of type: %!s(<nil>), key: <nil>";
      key.supported = false;
      break;
    case ScalarType::boolean: key.text = resolved.boolean ? "true" : "false"; break;
    case ScalarType::integer: key.text = std::to_string(resolved.integer); break;
    case ScalarType::unsigned_integer:
      key.text = "unsupported map key of type: uint64, key: " + go_syntax(node, true);
      key.supported = false;
      break;
    case ScalarType::floating: key.text = float_key(resolved.floating); break;
    case ScalarType::binary: {
      const Value value = text_value(node, resolved);
      if (!failed()) key.text = value.as_text();
      break;
    }
    default: key.text = node.value; break;
  }
  if (!options_.strict) return key;
  key.go_syntax = go_syntax(node, true);
  key.identity = (resolved.type == ScalarType::floating ? "f" : "o") + key.go_syntax;
  return key;
}

bool Decoder::merge_one(Node& value, Map& map, KeySet* seen) {
  const Node& node = value.kind == NodeKind::alias ? *value.target : value;
  if (node.kind != NodeKind::mapping) {
    fail("map merge requires map or sequence of maps as the value");
    return false;
  }
  if (!count()) return false;
  if (value.kind != NodeKind::alias) {
    fill(value, map, seen);
    return !failed();
  }
  if (value.expanding) {
    fail("anchor '" + std::string(value.value) + "' value contains itself");
    return false;
  }
  value.expanding = true;
  ++alias_depth_;
  if (count()) fill(*value.target, map, seen);
  --alias_depth_;
  value.expanding = false;
  return !failed();
}

void Decoder::merge(Node& value, Map& map, KeySet* seen) {
  // A merge is no level of nesting, but one merge in another goes as deep as the text does.
  if (!enter('{', value)) return;
  if (value.kind != NodeKind::sequence) {
    merge_one(value, map, seen);
  } else {
    // From the back: earlier maps win.
    std::vector<Node*> items;
    for (Node* item = value.first; item != nullptr; item = item->next) items.push_back(item);
    for (std::size_t i = items.size(); i > 0; --i) {
      if (!merge_one(*items[i - 1], map, seen)) break;
    }
  }
  --depth_;
}

Span Decoder::span_of(const Node& node) const {
  if (options_.file == no_file) return {};
  const std::uint32_t begin = place_.original(node.begin);
  const std::uint32_t end = node.end > node.begin ? place_.original(node.end - 1) + 1 : begin;
  return {options_.file, options_.file_offset + begin, options_.file_offset + end};
}

void Decoder::add_origin(Value& value, const Node& node) {
  if (options_.origins == nullptr) return;
  if (!options_.trace.empty()) {
    const std::uint32_t end = value.is_map() || value.is_list() ? node.begin : node.end;
    value.set_origin(rendered_origin(*options_.origins, options_.trace, node.begin, end, options_.origin));
  } else if (options_.file == no_file) {
    value.set_origin(options_.origin);
  } else {
    value.set_origin(options_.origins->add_file_node({span_of(node), key_, value.is_map()}, path_));
  }
}

// The first key that JSON cannot have, in the order of keys.
std::string Decoder::conversion_error(const Value& value) const {
  check_stack("reading YAML");
  if (value.is_list()) {
    for (const Value& item : value.as_list()) {
      if (std::string error = conversion_error(item); !error.empty()) return error;
    }
  } else if (value.is_map() && value.as_map() != nullptr) {
    for (const Map::Entry& entry : value.as_map()->entries()) {
      if (!entry.key.empty() && entry.key[0] == unsupported_key_mark) {
        return unsupported_keys_[static_cast<std::size_t>(entry.value.as_integer())];
      }
      if (std::string error = conversion_error(entry.value); !error.empty()) return error;
    }
  }
  return {};
}

void Decoder::finish(Decoding& decoding) const {
  if (failed()) {
    decoding.error = error_;
  } else if (!strict_errors_.empty()) {
    decoding.error = "yaml: unmarshal errors:";
    for (const std::string& text : strict_errors_) decoding.error += "\n  " + text;
  } else if (!unsupported_keys_.empty()) {
    decoding.error = conversion_error(decoding.value);
  }
  if (decoding.ok() && has_unsupported_number_ && numbers_ == Numbers::json) {
    decoding.error = unsupported_number(decoding.value);
  }
  if (!decoding.ok()) {
    decoding.error.insert(0, "error converting YAML to JSON: ");
  } else if (too_deep_ != 0) {
    decoding.error = "error unmarshaling JSON: while decoding JSON: invalid character '" + std::string(1, too_deep_) +
                     "' exceeded max depth";
  }
}

Decoding Decoder::decode(Node& root) {
  Decoding decoding;
  decoding.value = unmarshal(root);
  finish(decoding);
  decoding.empty = decoding.ok() && decoding.value.is_nil();
  return decoding;
}

}  // namespace

std::uint32_t TextPlace::original(std::uint32_t offset) const {
  if (removed == nullptr) return begin + offset;
  const auto first = std::lower_bound(removed->begin(), removed->end(), begin);
  // Every return that stands before the place moves it by one, and so the place where the next one would have to stand.
  std::uint32_t count = 0;
  auto remaining = static_cast<std::uint32_t>(removed->end() - first);
  while (remaining > 0) {
    const std::uint32_t half = remaining / 2;
    if (first[count + half] <= begin + offset + count + half) {
      count += half + 1;
      remaining -= half + 1;
    } else {
      remaining = half;
    }
  }
  return begin + offset + count;
}

std::string unsupported_number(const Value& value) {
  check_stack("reading YAML");
  if (value.is_list()) {
    for (const Value& item : value.as_list()) {
      if (std::string error = unsupported_number(item); !error.empty()) return error;
    }
  } else if (value.is_map() && value.as_map() != nullptr) {
    for (const Map::Entry& entry : value.as_map()->entries()) {
      if (std::string error = unsupported_number(entry.value); !error.empty()) return error;
    }
  } else if (value.rep() == Rep::floating && !std::isfinite(value.as_double())) {
    return "json: unsupported value: " + format_float(value.as_double(), 'g', -1, 64);
  }
  return {};
}

Decoding decode_text(std::string_view text, Heap& heap, const ReadOptions& options, Numbers numbers,
                     const TextPlace& place) {
  Arena scratch(options.limits.memory_bytes);
  NodeBuilder builder(text, scratch, heap, options.origins != nullptr, options.limits.yaml_depth);
  Node* const root = builder.build();
  Decoding decoding;
  if (!builder.error().empty()) {
    decoding.error = "error converting YAML to JSON: " + builder.error();
  } else if (root == nullptr) {
    decoding.empty = true;
  } else {
    return Decoder(heap, options, numbers, place).decode(*root);
  }
  return decoding;
}

}  // namespace rhumb::yaml
