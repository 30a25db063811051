#include "rhumb/yaml/typed.h"
#include "rhumb/base/stack.h"

#include <cmath>

#include "decoder.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/json.h"

namespace rhumb::yaml {

const Target string_target{TargetKind::string, "string", {}, false, nullptr, {}, nullptr};
const Target bool_target{TargetKind::boolean, "bool", {}, false, nullptr, {}, nullptr};
const Target any_target{TargetKind::any, "interface {}", {}, false, nullptr, {}, nullptr};
const Target string_list_target{TargetKind::list, "[]string", {}, false, &string_target, {}, nullptr};
const Target string_map_target{TargetKind::map, "map[string]string", {}, false, &string_target, {}, nullptr};

namespace {

const TargetField* find_field(const Target& target, std::string_view key) {
  for (const TargetField& field : target.fields) {
    if (field.name == key) return &field;
  }
  for (const TargetField& field : target.fields) {
    if (strings::equal_fold(field.name, key)) return &field;
  }
  return nullptr;
}

// A scalar that is no string, written out for a string field: convertToJSONableObject of sigs.k8s.io/yaml.
bool spell_out(const Value& value, std::string& text) {
  switch (value.rep()) {
    case Rep::boolean: text = value.as_bool() ? "true" : "false"; return true;
    case Rep::integer: text = std::to_string(value.as_integer()); return true;
    case Rep::unsigned_integer: text = std::to_string(value.as_unsigned()); return true;
    case Rep::floating: text = format_float(value.as_double(), 'g', -1, 32); return true;
    default: return false;
  }
}

// First what sigs.k8s.io/yaml does before it writes JSON: strings where the Go type wants them.
class Coercion {
 public:
  explicit Coercion(Heap& heap) : heap_(heap) {}

  Value apply(const Value& value, const Target* target) {
    check_stack("reading YAML");
    if (target != nullptr && target->kind == TargetKind::custom) target = nullptr;
    if (value.is_map()) return apply_to_map(value, target);
    if (value.is_list()) return apply_to_list(value, target);
    std::string text;
    if (target != nullptr && target->kind == TargetKind::string && spell_out(value, text)) {
      return heap_.string(text).with_origin(value.origin());
    }
    return value;
  }

 private:
  Value apply_to_map(const Value& value, const Target* target) {
    for (Map::Entry& entry : value.as_map()->mutable_entries()) {
      const Target* inner = nullptr;
      if (target != nullptr && target->kind == TargetKind::map) inner = target->element;
      if (target != nullptr && target->kind == TargetKind::structure) {
        const TargetField* const field = find_field(*target, entry.key);
        inner = field == nullptr ? nullptr : field->target;
      }
      entry.value = apply(entry.value, inner);
    }
    return value;
  }

  Value apply_to_list(const Value& value, const Target* target) {
    const Target* const inner = target != nullptr && target->kind == TargetKind::list ? target->element : nullptr;
    std::vector<Value> items;
    items.reserve(value.as_list().size());
    for (const Value& item : value.as_list()) items.push_back(apply(item, inner));
    return heap_.list(items).with_origin(value.origin());
  }

  Heap& heap_;
};

std::string json_text(const Value& value) { return write_json(value).value(); }

// Then encoding/json's decoder over it. The first error is kept, the rest goes on.
class TypedDecoder {
 public:
  TypedDecoder(Heap& heap, bool strict) : heap_(heap), strict_(strict) {}

  Value decode(const Value& value, const Target& target, const Value& old);
  std::string error;

 private:
  Value decode_structure(const Value& value, const Target& target, const Value& old);
  Value decode_map(const Value& value, const Target& target, const Value& old);
  Value decode_list(const Value& value, const Target& target);
  Value decode_custom(const Value& value, const Target& target, const Value& old);
  Value decode_integer(const Value& value, const Target& target, const Value& old);
  Value plain(const Value& value);
  Value wrong(const Value& value, const Target& target, const Value& old);
  void save(std::string_view json, const Target& target);

  Heap& heap_;
  bool strict_;
  bool stopped_ = false;  // by an error that Go returns at once
  const Target* structure_ = nullptr;
  std::vector<std::string_view> fields_;
};

void TypedDecoder::save(std::string_view json, const Target& target) {
  if (!error.empty()) return;
  error.append("json: cannot unmarshal ").append(json).append(" into Go ");
  if (structure_ != nullptr) {
    error.append("struct field ").append(structure_->struct_name);
    for (const std::string_view field : fields_) error.append(".").append(field);
  } else {
    error.append("value");
  }
  error.append(" of type ").append(target.go_type);
}

Value TypedDecoder::wrong(const Value& value, const Target& target, const Value& old) {
  save(value.is_list()     ? "array"
       : value.is_map()    ? "object"
       : value.is_bool()   ? "bool"
       : value.is_string() ? "string"
                           : "number",
       target);
  return old;
}

Value TypedDecoder::decode(const Value& value, const Target& target, const Value& old) {
  if (stopped_) return old;
  if (target.kind == TargetKind::custom) return decode_custom(value, target, old);
  if (value.is_nil()) {
    const bool becomes_nil = target.pointer || target.kind == TargetKind::any || target.kind == TargetKind::map ||
                             target.kind == TargetKind::list;
    return becomes_nil ? Value() : old;
  }
  switch (target.kind) {
    case TargetKind::any: return plain(value);
    case TargetKind::string: return value.is_string() ? value : wrong(value, target, old);
    case TargetKind::boolean: return value.is_bool() ? value : wrong(value, target, old);
    case TargetKind::integer: return decode_integer(value, target, old);
    case TargetKind::list: return value.is_list() ? decode_list(value, target) : wrong(value, target, old);
    case TargetKind::map: return value.is_map() ? decode_map(value, target, old) : wrong(value, target, old);
    default: return value.is_map() ? decode_structure(value, target, old) : wrong(value, target, old);
  }
}

Value TypedDecoder::decode_structure(const Value& value, const Target& target, const Value& old) {
  Value made = old.is_map() ? old : heap_.map().with_origin(value.origin());
  const Target* const outer = structure_;
  for (const Map::Entry& entry : value.as_map()->entries()) {
    const TargetField* const field = find_field(target, entry.key);
    if (field == nullptr) {
      if (strict_ && error.empty()) error = "json: unknown field " + quote(entry.key);
      continue;
    }
    structure_ = &target;
    fields_.push_back(field->name);
    const Value* const before = made.as_map()->find(field->name);
    Value after = decode(entry.value, *field->target, before == nullptr ? Value() : *before);
    made.as_map()->set(field->name, std::move(after));
    fields_.pop_back();
    structure_ = outer;
    if (stopped_) break;
  }
  return made;
}

Value TypedDecoder::decode_map(const Value& value, const Target& target, const Value& old) {
  Value made =
      old.is_map() ? old : heap_.map(target.element->kind == TargetKind::any ? Type::map_any : Type::map_string);
  made.set_origin(value.origin());
  const Value zero = target.element->kind == TargetKind::string ? heap_.string_reference("") : Value();
  for (const Map::Entry& entry : value.as_map()->entries()) {
    made.as_map()->set(entry.key, decode(entry.value, *target.element, zero));
  }
  return made;
}

Value TypedDecoder::decode_list(const Value& value, const Target& target) {
  std::vector<Value> items;
  items.reserve(value.as_list().size());
  // A null leaves the element as it was: in a new list empty, which a text without a payload is, too.
  const Value zero = target.element->kind == TargetKind::string ? Value::text(nullptr) : Value();
  for (const Value& item : value.as_list()) items.push_back(decode(item, *target.element, zero));
  return heap_.list(items).with_origin(value.origin());
}

Value TypedDecoder::decode_custom(const Value& value, const Target& target, const Value& old) {
  Value made = old;
  std::string problem;
  if (target.unmarshal(heap_, json_text(value), made, problem)) return made;
  if (error.empty()) error = problem;
  stopped_ = true;
  return old;
}

Value TypedDecoder::decode_integer(const Value& value, const Target& target, const Value& old) {
  if (value.is_string() || value.is_bool() || value.is_list() || value.is_map()) return wrong(value, target, old);
  const std::string text = json_text(value);
  if (const auto parsed = parse_int(text)) return Value::integer(parsed.value).with_origin(value.origin());
  save("number " + text, target);
  return old;
}

// interface {}: every number is a float64.
Value TypedDecoder::plain(const Value& value) {
  check_stack("reading YAML");
  switch (value.rep()) {
    case Rep::integer: return Value::floating(static_cast<double>(value.as_integer())).with_origin(value.origin());
    case Rep::unsigned_integer:
      return Value::floating(static_cast<double>(value.as_unsigned())).with_origin(value.origin());
    case Rep::map:
      for (Map::Entry& entry : value.as_map()->mutable_entries()) entry.value = plain(entry.value);
      return value;
    case Rep::list: {
      std::vector<Value> items;
      for (const Value& item : value.as_list()) items.push_back(plain(item));
      return heap_.list(items).with_origin(value.origin());
    }
    default: return value;
  }
}

}  // namespace

TypedValue read_typed(std::string_view text, const Target& target, Heap& heap, const ReadOptions& options) {
  Decoding decoding = decode_text(text, heap, options, Numbers::yaml);
  TypedValue result;
  if (!decoding.ok()) {
    result.error = std::move(decoding.error);
    return result;
  }
  const Value coerced = Coercion(heap).apply(decoding.value, &target);
  if (std::string problem = unsupported_number(coerced); !problem.empty()) {
    result.error = "error converting YAML to JSON: " + problem;
    return result;
  }
  // A null changes nothing: the pointer that Helm hands in stays as it is.
  if (decoding.empty) return result;
  TypedDecoder decoder(heap, options.strict);
  result.value = decoder.decode(coerced, target, Value());
  if (!decoder.error.empty()) result.error = "error unmarshaling JSON: while decoding JSON: " + decoder.error;
  return result;
}

}  // namespace rhumb::yaml
