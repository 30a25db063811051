#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "json_fields.h"
#include "rhumb/base/base64.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/json.h"

namespace rhumb::yaml {
namespace {

// startDetectingCyclesAfter of encoding/json.
constexpr std::size_t cycles_from = 1000;

bool stays(unsigned char c, bool escape_html) {
  if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') return false;
  return !escape_html || (c != '<' && c != '>' && c != '&');
}

void append_escape(std::string& out, unsigned char c) {
  out += '\\';
  switch (c) {
    case '\b': out += 'b'; break;
    case '\f': out += 'f'; break;
    case '\n': out += 'n'; break;
    case '\r': out += 'r'; break;
    case '\t': out += 't'; break;
    case '"':
    case '\\': out += static_cast<char>(c); break;
    default:
      out += "u00";
      out += "0123456789abcdef"[c >> 4];
      out += "0123456789abcdef"[c & 15];
      break;
  }
}

void append_escaped(std::string& out, std::string_view text, bool escape_html) {
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (stays(c, escape_html)) {
      ++at;
      continue;
    }
    if (c < 0x80) {
      out.append(text.substr(from, at - from));
      append_escape(out, c);
      from = ++at;
      continue;
    }
    const utf8::Rune rune = utf8::decode(text.substr(at));
    if (rune.invalid() || rune.value == 0x2028 || rune.value == 0x2029) {
      out.append(text.substr(from, at - from));
      out += rune.invalid() ? "\\ufffd" : rune.value == 0x2028 ? "\\u2028" : "\\u2029";
      from = at + rune.width;
    }
    at += rune.width;
  }
  out.append(text.substr(from));
}

// Writes with a stack of its own: nesting is bounded by memory alone.
class Writer {
 public:
  explicit Writer(const JsonOptions& options) : options_(options) {}

  bool write(const Value& value) {
    bool ok = begin(value);
    while (ok && !open_.empty()) ok = step();
    check_size();
    return ok;
  }

  std::string out;
  std::string error;

 private:
  // A container that is being written. One of the three.
  struct Open {
    std::span<const Value> items;
    std::span<const Map::Entry> entries;
    std::vector<JsonField> fields;
    std::size_t size = 0;
    std::size_t next = 0;
    char close = ']';
    std::pair<const void*, std::size_t> seen{nullptr, 0};
  };

  bool begin(const Value& value);
  bool begin_list(const Value& value);
  bool begin_map(const Value& value);
  bool begin_structure(const Structure& value);
  bool push(Open open, char bracket);
  bool enter(Open& open, const void* pointer, std::size_t size, const Value& value);
  bool step();
  void check_size() const;
  void text(std::string_view text);
  void new_line();
  bool floating(const Value& value);
  void bytes(const Value& value);
  bool fail(std::string text) {
    error = std::move(text);
    return false;
  }

  JsonOptions options_;
  std::vector<Open> open_;
  std::map<std::pair<const void*, std::size_t>, bool> seen_;
};

bool Writer::begin(const Value& value) {
  switch (value.rep()) {
    case Rep::nothing: out += "null"; return true;
    case Rep::boolean: out += value.as_bool() ? "true" : "false"; return true;
    case Rep::integer: out += std::to_string(value.as_integer()); return true;
    case Rep::unsigned_integer: out += std::to_string(value.as_unsigned()); return true;
    case Rep::floating: return floating(value);
    case Rep::complex: return fail("json: unsupported type: complex128");
    case Rep::text:
      if (value.type() == Type::bytes) {
        bytes(value);
      } else {
        text(value.as_text());
      }
      return true;
    case Rep::list: return begin_list(value);
    case Rep::map: return begin_map(value);
    case Rep::structure: return begin_structure(value.as_structure());
  }
  return true;
}

bool Writer::floating(const Value& value) {
  const int bits = value.type() == Type::float32 ? 32 : 64;
  if (!std::isfinite(value.as_double())) {
    return fail("json: unsupported value: " + format_float(value.as_double(), 'g', -1, bits));
  }
  out += json_float(value.as_double(), bits);
  return true;
}

void Writer::bytes(const Value& value) {
  if (value.is_nil_payload()) {
    out += "null";
    return;
  }
  out += '"';
  append_base64(out, value.as_text());
  out += '"';
}

// As the encoders of maps and slices: only deep down they look whether they have been here before.
bool Writer::enter(Open& open, const void* pointer, std::size_t size, const Value& value) {
  if (open_.size() < cycles_from) return true;
  open.seen = {pointer, size};
  if (seen_.emplace(open.seen, true).second) return true;
  return fail("json: unsupported value: encountered a cycle via " + std::string(value.type_name()));
}

bool Writer::push(Open open, char bracket) {
  out += bracket;
  if (open.size == 0) {
    out += open.close;
    if (open.seen.first != nullptr) seen_.erase(open.seen);
  } else {
    open_.push_back(std::move(open));
  }
  return true;
}

bool Writer::begin_list(const Value& value) {
  if (value.is_nil_payload()) {
    out += "null";
    return true;
  }
  Open open;
  open.items = value.as_list();
  open.size = open.items.size();
  if (open.size > 0 && !enter(open, open.items.data(), open.size, value)) return false;
  return push(std::move(open), '[');
}

bool Writer::begin_map(const Value& value) {
  if (value.as_map() == nullptr) {
    out += "null";
    return true;
  }
  Open open;
  open.entries = value.as_map()->entries();
  open.size = open.entries.size();
  open.close = '}';
  if (!enter(open, value.as_map(), 0, value)) return false;
  return push(std::move(open), '{');
}

bool Writer::begin_structure(const Structure& value) {
  if (value.type->json != nullptr) {
    const std::string complaint = value.type->json(out, value);
    if (complaint.empty()) return true;
    return fail("json: error calling MarshalJSON for type " + std::string(type_info(value.type->type).name) + ": " +
                complaint);
  }
  Open open;
  open.fields = json_fields(value);
  open.size = open.fields.size();
  open.close = '}';
  return push(std::move(open), '{');
}

void Writer::new_line() {
  if (options_.indent == 0) return;
  out += '\n';
  out.append(open_.size() * static_cast<std::size_t>(options_.indent), ' ');
}

// A value that shares its parts can be written at a length that is exponential in its size.
void Writer::check_size() const {
  if (out.size() <= options_.limit_bytes) return;
  throw LimitError("a JSON text exceeds the limit of " + std::to_string(options_.limit_bytes) + " bytes");
}

// A byte may become six: so a long text goes in parts, none of which ends within a character.
void Writer::text(std::string_view text) {
  constexpr std::size_t part = 1 << 20;
  out += '"';
  while (text.size() > part) {
    std::size_t end = part;
    for (int i = 0; i < 3 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80; ++i) --end;
    append_escaped(out, text.substr(0, end), options_.escape_html);
    text.remove_prefix(end);
    check_size();
  }
  append_escaped(out, text, options_.escape_html);
  out += '"';
}

bool Writer::step() {
  check_size();
  Open& open = open_.back();
  if (open.next == open.size) {
    const char close = open.close;
    if (open.seen.first != nullptr) seen_.erase(open.seen);
    open_.pop_back();
    new_line();
    out += close;
    return true;
  }
  const std::size_t at = open.next++;
  if (at > 0) out += ',';
  new_line();
  if (open.close == ']') return begin(open.items[at]);
  text(open.entries.empty() ? open.fields[at].name : open.entries[at].key);
  out += options_.indent == 0 ? ":" : ": ";
  return begin(open.entries.empty() ? *open.fields[at].value : open.entries[at].value);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text, bool escape_html) {
  out += '"';
  append_escaped(out, text, escape_html);
  out += '"';
}

Result<std::string> write_json(const Value& value, const JsonOptions& options) {
  Writer writer(options);
  if (!writer.write(value)) return error(std::move(writer.error));
  return std::move(writer.out);
}

}  // namespace rhumb::yaml
