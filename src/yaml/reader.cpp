#include "rhumb/yaml/reader.h"

#include "decoder.h"

namespace rhumb::yaml {
namespace {

Span span_of(std::string_view text, const ReadOptions& options) {
  if (options.file == no_file) return {};
  return {options.file, options.file_offset, options.file_offset + static_cast<std::uint32_t>(text.size())};
}

std::string_view json_name(const Value& value) {
  if (value.is_list()) return "array";
  if (value.is_map()) return "object";
  if (value.is_bool()) return "bool";
  return value.is_string() ? "string" : "number";
}

Diagnostic wrong_root(const Value& value, std::string_view type, Span span) {
  return error("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal " + std::string(json_name(value)) +
                   " into Go value of type " + std::string(type),
               span);
}

}  // namespace

Result<Value> read_yaml(std::string_view text, Heap& heap, const ReadOptions& options) {
  Decoding decoding = decode_text(text, heap, options, Numbers::json);
  if (!decoding.ok()) return error(std::move(decoding.error), span_of(text, options));
  return std::move(decoding.value);
}

Result<Value> read_map(std::string_view text, Heap& heap, const ReadOptions& options) {
  Decoding decoding = decode_text(text, heap, options, Numbers::json);
  if (!decoding.ok()) return error(std::move(decoding.error), span_of(text, options));
  if (decoding.empty) return heap.map();
  if (decoding.value.is_map()) return std::move(decoding.value);
  return wrong_root(decoding.value, "map[string]interface {}", span_of(text, options));
}

Result<Value> read_list(std::string_view text, Heap& heap, const ReadOptions& options) {
  Decoding decoding = decode_text(text, heap, options, Numbers::json);
  if (!decoding.ok()) return error(std::move(decoding.error), span_of(text, options));
  if (decoding.empty) return heap.list(std::span<const Value>());
  if (decoding.value.is_list()) return std::move(decoding.value);
  return wrong_root(decoding.value, "[]interface {}", span_of(text, options));
}

}  // namespace rhumb::yaml
