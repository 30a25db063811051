// toYaml: what encoding/json, a YAML read and go-yaml v2's encoder make of a value, in one walk.
#include "rhumb/yaml/writer.h"
#include "rhumb/base/stack.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <set>
#include <utility>

#include "emitter.h"
#include "json_fields.h"
#include "nodes.h"
#include "resolve.h"
#include "rhumb/base/base64.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/json.h"

namespace rhumb::yaml {
namespace {

// Flow collections in the JSON text: max_flow_level of go-yaml.
constexpr std::size_t depth_limit = 10000;
// So deep down values may contain themselves: startDetectingCyclesAfter of encoding/json.
constexpr std::size_t cycles_from = 1000;
constexpr double exact_integers = 9007199254740992.0;  // 2^53

class Writer {
 public:
  Writer(std::string& out, std::vector<TracePiece>* trace, std::size_t limit)
      : emitter_(out, Dialect::v2, trace, limit) {}

  bool write(const Value& value) {
    emitter_.mark(value);
    if (!node(value, false)) return false;
    emitter_.finish();
    return true;
  }

  const std::string& error() const { return error_; }

 private:
  struct Pair {
    std::string_view key;
    const Value* value;
  };

  // Where the elements of an open collection lie, and how many they are.
  using Place = std::pair<const void*, std::size_t>;

  bool node(const Value& value, bool in_mapping);
  bool text(const Value& value);
  bool text(std::string_view text);
  bool floating(const Value& value);
  bool bytes(const Value& value);
  bool list(const Value& value, bool in_mapping);
  bool map(const Value& value);
  bool structure(const Structure& value, bool in_mapping);
  bool json_value(const Structure& value, bool in_mapping);
  bool mapping(std::size_t from);
  bool pair(const Pair& pair);
  bool push_key(std::string_view key, const Value& value);
  void sort_pairs(std::size_t from);
  bool enter(Place place);
  void leave(Place place);
  bool fail(std::string_view text) {
    if (error_.empty()) error_.append("yaml: ").append(text);
    return false;
  }

  Emitter emitter_;
  std::vector<Pair> pairs_;  // of all open maps, the innermost last
  std::deque<std::string> changed_keys_;
  std::string scratch_;
  std::string error_;
  std::size_t depth_ = 0;
  std::set<Place> deep_;  // open collections from cycles_from on
};

bool Writer::enter(Place place) {
  if (depth_ == depth_limit) return fail("exceeded max depth of 10000");
  if (depth_ >= cycles_from && !deep_.insert(place).second) return fail("encountered a cycle");
  ++depth_;
  check_stack("writing YAML");
  return true;
}

void Writer::leave(Place place) {
  --depth_;
  if (depth_ >= cycles_from) deep_.erase(place);
}

bool Writer::node(const Value& value, bool in_mapping) {
  switch (value.rep()) {
    case Rep::nothing: emitter_.token("null"); return true;
    case Rep::boolean: emitter_.token(value.as_bool() ? "true" : "false"); return true;
    case Rep::integer: emitter_.token(std::to_string(value.as_integer())); return true;
    case Rep::unsigned_integer: emitter_.token(std::to_string(value.as_unsigned())); return true;
    case Rep::floating: return floating(value);
    case Rep::complex: return fail("complex number");
    case Rep::text: return value.type() == Type::bytes ? bytes(value) : text(value);
    case Rep::list: return list(value, in_mapping);
    case Rep::map: return map(value);
    case Rep::structure: return structure(value.as_structure(), in_mapping);
  }
  return true;
}

bool Writer::text(const Value& value) {
  const std::size_t begin = emitter_.written();
  if (!text(value.as_text())) return false;
  emitter_.trace_text(value, begin);
  return true;
}

bool Writer::text(std::string_view text) {
  switch (pass_through_json(text, scratch_)) {
    case JsonTrip::refused: return fail(scratch_);
    case JsonTrip::changed: text = scratch_; break;
    case JsonTrip::same: break;
  }
  emitter_.string(text, !plain_is_string(text));
  return true;
}

// The JSON text of the number decides: digits alone are an integer if 64 bits can hold it.
bool Writer::floating(const Value& value) {
  const double number = value.as_double();
  if (!std::isfinite(number)) return fail("not a finite number");
  if (number == std::trunc(number) && std::abs(number) < exact_integers) {
    emitter_.token(std::to_string(static_cast<std::int64_t>(number)));
    return true;
  }
  const std::string json = json_float(number, value.type() == Type::float32 ? 32 : 64);
  if (json.find_first_of(".e") == std::string::npos && (parse_int(json) || parse_uint(json))) {
    emitter_.token(json);
  } else {
    emitter_.token(format_float(parse_float(json).value, 'g', -1));
  }
  return true;
}

bool Writer::bytes(const Value& value) {
  if (value.is_nil_payload()) {
    emitter_.token("null");
    return true;
  }
  std::string encoded;
  append_base64(encoded, value.as_text());
  return text(encoded);
}

bool Writer::list(const Value& value, bool in_mapping) {
  if (value.is_nil_payload()) {
    emitter_.token("null");
    return true;
  }
  const Place place(value.as_list().data(), value.as_list().size());
  if (!enter(place)) return false;
  if (value.as_list().empty()) {
    emitter_.empty("[]");
  } else {
    const int before = emitter_.open_sequence(in_mapping);
    for (const Value& item : value.as_list()) {
      emitter_.mark(item);
      emitter_.item();
      if (!node(item, false)) return false;
    }
    emitter_.close(before);
  }
  leave(place);
  return true;
}

bool Writer::map(const Value& value) {
  if (value.as_map() == nullptr) {
    emitter_.token("null");
    return true;
  }
  const Place place(value.as_map(), 0);
  if (!enter(place)) return false;
  const std::size_t from = pairs_.size();
  for (const Map::Entry& entry : value.as_map()->entries()) {
    if (!push_key(entry.key, entry.value)) return false;
  }
  const bool ok = mapping(from);
  leave(place);
  return ok;
}

bool Writer::push_key(std::string_view key, const Value& value) {
  if (!fits_json_key(key)) return fail("did not find expected ',' or '}'");
  switch (pass_through_json(key, scratch_)) {
    case JsonTrip::refused: return fail(scratch_);
    case JsonTrip::changed: key = changed_keys_.emplace_back(scratch_); break;
    case JsonTrip::same: break;
  }
  pairs_.push_back({key, &value});
  return true;
}

// Keys that differ in invalid bytes alone may have become equal: the last one counts.
void Writer::sort_pairs(std::size_t from) {
  const auto less = [](const Pair& a, const Pair& b) { return natural_less(a.key, b.key); };
  const auto begin = pairs_.begin() + static_cast<std::ptrdiff_t>(from);
  if (!changed_keys_.empty()) {
    std::stable_sort(begin, pairs_.end(), [](const Pair& a, const Pair& b) { return a.key < b.key; });
    auto kept = begin;
    for (auto at = begin; at != pairs_.end(); ++at) {
      if (kept != begin && (kept - 1)->key == at->key) --kept;
      *kept++ = *at;
    }
    pairs_.erase(kept, pairs_.end());
  }
  // A stable sort, since the order is not transitive: other sorts need that for their own safety.
  if (!std::is_sorted(begin, pairs_.end(), less)) std::stable_sort(begin, pairs_.end(), less);
}

bool Writer::mapping(std::size_t from) {
  if (pairs_.size() == from) {
    emitter_.empty("{}");
    return true;
  }
  sort_pairs(from);
  const int before = emitter_.open_mapping();
  const std::size_t end = pairs_.size();
  for (std::size_t i = from; i < end; ++i) {
    const Pair next = pairs_[i];
    if (!pair(next)) return false;
  }
  emitter_.close(before);
  pairs_.resize(from);
  return true;
}

bool Writer::pair(const Pair& pair) {
  emitter_.mark(*pair.value);
  emitter_.key(pair.key, !plain_is_string(pair.key));
  return node(*pair.value, true);
}

bool Writer::structure(const Structure& value, bool in_mapping) {
  if (value.type->json != nullptr) return json_value(value, in_mapping);
  const Place place(&value, 0);
  if (!enter(place)) return false;
  const std::size_t from = pairs_.size();
  for (const JsonField& field : json_fields(value)) {
    if (!push_key(field.name, *field.value)) return false;
  }
  const bool ok = mapping(from);
  leave(place);
  return ok;
}

// Types that encode themselves (times, versions).
bool Writer::json_value(const Structure& value, bool in_mapping) {
  std::string json;
  if (std::string problem = value.type->json(json, value); !problem.empty()) return fail(std::move(problem));
  Heap heap;
  const JsonReading reading = read_json_partial(json, heap);
  return reading.ok() ? node(reading.value, in_mapping) : fail(reading.error);
}

}  // namespace

namespace {

// What Go says of a value that cannot be written: encoding/json's words, or those of the YAML reader over its JSON.
// `otherwise`: our own reason, should neither find fault.
std::string complaint(const Value& value, std::size_t limit, std::string otherwise) {
  JsonOptions options;
  options.limit_bytes = limit;
  const auto json = write_json(value, options);
  if (!json) return "error marshaling into JSON: " + json.error().message;
  Arena scratch;
  Heap heap;
  NodeBuilder builder(*json, scratch, heap, false);
  builder.build();
  return builder.error().empty() ? otherwise : builder.error();
}

bool write(std::string& out, const Value& value, std::vector<TracePiece>* trace, std::size_t limit,
           std::string& error) {
  const std::size_t size = out.size();
  Writer writer(out, trace, limit);
  if (writer.write(value)) return true;
  out.resize(size);
  error = complaint(value, limit, writer.error());
  return false;
}

}  // namespace

bool append_yaml(std::string& out, const Value& value, std::string& error, std::size_t limit_bytes) {
  return write(out, value, nullptr, limit_bytes, error);
}

Result<std::string> write_yaml(const Value& value, std::size_t limit_bytes) {
  std::string out;
  std::string problem;
  if (!write(out, value, nullptr, limit_bytes, problem)) return error(std::move(problem));
  return out;
}

Result<TracedText> write_yaml_traced(const Value& value, std::size_t limit_bytes) {
  TracedText out;
  std::string problem;
  if (!write(out.text, value, &out.trace, limit_bytes, problem)) return error(std::move(problem));
  return out;
}

}  // namespace rhumb::yaml
