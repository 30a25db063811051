// JSON as Go's encoding/json reads and writes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "rhumb/base/limits.h"
#include "rhumb/base/result.h"
#include "rhumb/value/value.h"

namespace rhumb::yaml {

/// The Go value that a text is decoded into.
enum class JsonTarget : unsigned char {
  any,   // interface {}
  map,   // map[string]interface {}
  list,  // []interface {}
};

struct JsonReadOptions {
  JsonTarget target = JsonTarget::any;
  /// Every value gets an origin when it is given, from the file or from the trace of the text (see ReadOptions).
  OriginTable* origins = nullptr;
  FileId file = no_file;
  std::uint32_t file_offset = 0;
  std::string_view path = {};
  std::span<const TracePiece> trace = {};
  OriginId origin = no_origin;
  /// Of a flag's text: OriginKind::set_flag.
  OriginKind kind = OriginKind::yaml_node;
};

/// What Unmarshal leaves behind. After a syntax error nothing is decoded; after another one what fits is there.
struct JsonReading {
  /// An untyped nil when nothing was stored: of a syntax error, a wrong kind of root. For null with JsonTarget::map or
  /// list a nil map or list.
  Value value;
  bool stored = false;
  std::string error;  // empty: none

  bool ok() const { return error.empty(); }
};

/// As json.Unmarshal: "invalid character 'x' looking for beginning of value", "unexpected end of JSON input",
/// "json: cannot unmarshal number 1e400 into Go value of type float64" ...
JsonReading read_json_partial(std::string_view text, Heap& heap, const JsonReadOptions& options = {});

/// The same where only success counts.
Result<Value> read_json(std::string_view text, Heap& heap, const JsonReadOptions& options = {});

/// As json.Decoder.Decode: reads one value from the start of the text and leaves the rest; `used` is how many bytes it
/// took. An empty text is the error "EOF", a truncated one "unexpected EOF".
JsonReading read_json_prefix(std::string_view text, Heap& heap, std::size_t& used, const JsonReadOptions& options = {});

struct JsonOptions {
  /// < > and & as \u003c ...
  bool escape_html = true;
  /// Blanks per level; 0 for the compact form.
  int indent = 0;
  /// Of the text; LimitError above it.
  std::size_t limit_bytes = Limits{}.output_bytes;
};

/// As json.Marshal, MarshalIndent, or an Encoder with SetEscapeHTML (without its final newline).
/// Errors: "json: unsupported value: NaN", "json: unsupported type: complex128" ...
Result<std::string> write_json(const Value& value, const JsonOptions& options = {});

/// The JSON string of a text, with the quotes, as encoding/json writes it.
void append_json_string(std::string& out, std::string_view text, bool escape_html = true);

}  // namespace rhumb::yaml
