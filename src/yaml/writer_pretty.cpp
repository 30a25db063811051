// toYamlPretty: go-yaml v3's encoder over Go values, without a detour through JSON.
#include <algorithm>

#include "base64.h"
#include "emitter.h"
#include "resolve.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::yaml {
namespace {

// Go's stack bears some millions of levels; ours does not.
constexpr std::size_t depth_limit = 10000;

// As encodeBase64 of go-yaml: lines of 70 characters once there is more than one.
std::string base64_lines(std::string_view data) {
  constexpr std::size_t line_length = 70;
  std::string encoded;
  append_base64(encoded, data);
  if (encoded.size() < line_length) return encoded;
  std::string out;
  for (std::size_t at = 0; at < encoded.size(); at += line_length) {
    out.append(encoded.substr(at, line_length)).append("\n");
  }
  return out;
}

class PrettyWriter {
 public:
  PrettyWriter(std::string& out, std::vector<TracePiece>* trace, std::size_t limit)
      : emitter_(out, Dialect::v3, trace, limit) {}

  bool write(const Value& value) {
    emitter_.mark(value);
    if (!node(value)) return false;
    emitter_.finish();
    return true;
  }

  const std::string& error() const { return error_; }

 private:
  struct Pair {
    std::string_view key;
    const Value* value;
  };

  bool node(const Value& value);
  void integer(const Value& value);
  void floating(const Value& value);
  void text(std::string_view text, bool is_key);
  bool list(std::span<const Value> items);
  void bytes(std::string_view data);
  bool map(const Value& value);
  bool mapping(const std::vector<Pair>& pairs);
  bool structure(const Structure& value);
  bool enter();

  Emitter emitter_;
  std::string error_;
  std::size_t depth_ = 0;
};

bool PrettyWriter::enter() {
  check_stack("writing YAML");
  if (++depth_ <= depth_limit) return true;
  error_ = "exceeded max depth of 10000";
  return false;
}

bool PrettyWriter::node(const Value& value) {
  switch (value.rep()) {
    case Rep::nothing: emitter_.token("null"); return true;
    case Rep::boolean: emitter_.token(value.as_bool() ? "true" : "false"); return true;
    case Rep::integer: integer(value); return true;
    case Rep::unsigned_integer: emitter_.token(std::to_string(value.as_unsigned())); return true;
    case Rep::floating: floating(value); return true;
    case Rep::complex: error_ = "cannot marshal type: complex128"; return false;
    case Rep::text:
      if (value.type() == Type::bytes) {
        bytes(value.as_text());
      } else {
        const std::size_t begin = emitter_.written();
        text(value.as_text(), false);
        emitter_.trace_text(value, begin);
      }
      return true;
    case Rep::list: return list(value.as_list());
    case Rep::map: return map(value);
    case Rep::structure: return structure(value.as_structure());
  }
  return true;
}

void PrettyWriter::integer(const Value& value) {
  if (value.type() == Type::duration) {
    text(duration_string(value.as_integer()), false);
  } else {
    emitter_.token(std::to_string(value.as_integer()));
  }
}

void PrettyWriter::floating(const Value& value) {
  const std::string spelled = format_float(value.as_double(), 'g', -1, value.type() == Type::float32 ? 32 : 64);
  if (spelled == "+Inf") {
    emitter_.token(".inf");
  } else if (spelled == "-Inf") {
    emitter_.token("-.inf");
  } else {
    emitter_.token(spelled == "NaN" ? ".nan" : spelled);
  }
}

void PrettyWriter::text(std::string_view text, bool is_key) {
  const bool valid = utf8::valid(text);
  const std::string encoded = valid ? std::string() : base64_lines(text);
  const std::string_view written = valid ? text : std::string_view(encoded);
  const bool quote = valid && !plain_is_string_v3(text);
  const std::string_view tag = valid ? std::string_view() : "!!binary";
  if (is_key) {
    emitter_.key(written, quote, tag);
  } else {
    emitter_.string(written, quote, tag);
  }
}

bool PrettyWriter::list(std::span<const Value> items) {
  if (items.empty()) {
    emitter_.empty("[]");
    return true;
  }
  if (!enter()) return false;
  const int before = emitter_.open_sequence(false);
  for (const Value& item : items) {
    emitter_.mark(item);
    emitter_.item();
    if (!node(item)) return false;
  }
  emitter_.close(before);
  --depth_;
  return true;
}

// A []uint8 is a list of numbers.
void PrettyWriter::bytes(std::string_view data) {
  if (data.empty()) {
    emitter_.empty("[]");
    return;
  }
  const int before = emitter_.open_sequence(false);
  for (const char c : data) {
    emitter_.item();
    emitter_.token(std::to_string(static_cast<unsigned char>(c)));
  }
  emitter_.close(before);
}

bool PrettyWriter::map(const Value& value) {
  std::vector<Pair> pairs;
  if (value.as_map() != nullptr) {
    for (const Map::Entry& entry : value.as_map()->entries()) pairs.push_back({entry.key, &entry.value});
  }
  const auto less = [](const Pair& a, const Pair& b) { return natural_less(a.key, b.key, true); };
  // See sort_pairs in writer.cpp.
  if (!std::is_sorted(pairs.begin(), pairs.end(), less)) std::stable_sort(pairs.begin(), pairs.end(), less);
  return mapping(pairs);
}

bool PrettyWriter::mapping(const std::vector<Pair>& pairs) {
  if (pairs.empty()) {
    emitter_.empty("{}");
    return true;
  }
  if (!enter()) return false;
  const int before = emitter_.open_mapping();
  for (const Pair& pair : pairs) {
    emitter_.mark(*pair.value);
    text(pair.key, true);
    if (!node(*pair.value)) return false;
  }
  emitter_.close(before);
  --depth_;
  return true;
}

// Times are written plain, versions as strings, others by their fields in lower case.
bool PrettyWriter::structure(const Structure& value) {
  const StructureType& type = *value.type;
  const bool is_version = type.type == Type::semver || type.type == Type::semver_value;
  if (type.json != nullptr && (type.type == Type::time || is_version)) {
    std::string json;
    type.json(json, value);  // what JSON cannot hold is fine here
    std::string_view inner(json);
    if (inner.size() >= 2 && inner.front() == '"') inner = inner.substr(1, inner.size() - 2);
    if (is_version) {
      text(inner, false);
    } else {
      emitter_.token(inner);
    }
    return true;
  }
  std::vector<std::string> names;
  for (const std::string_view field : type.fields) names.push_back(strings::to_lower(field));
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < names.size() && value.fields != nullptr; ++i) {
    if (names[i][0] != type.fields[i][0]) pairs.push_back({names[i], &value.fields[i]});  // the exported ones
  }
  return mapping(pairs);
}

bool write(std::string& out, const Value& value, std::vector<TracePiece>* trace, std::size_t limit,
           std::string& error) {
  PrettyWriter writer(out, trace, limit);
  if (writer.write(value)) return true;
  error = writer.error();
  return false;
}

}  // namespace

Result<std::string> write_yaml_pretty(const Value& value, std::size_t limit_bytes) {
  std::string out;
  std::string problem;
  if (!write(out, value, nullptr, limit_bytes, problem)) return error(std::move(problem));
  return out;
}

Result<TracedText> write_yaml_pretty_traced(const Value& value, std::size_t limit_bytes) {
  TracedText out;
  std::string problem;
  if (!write(out.text, value, &out.trace, limit_bytes, problem)) return error(std::move(problem));
  return out;
}

}  // namespace rhumb::yaml
