// Decodes texts that scan_json has found valid.
#include <algorithm>
#include <vector>

#include "json_scanner.h"
#include "rendered_origin.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/json.h"

namespace rhumb::yaml {
namespace {

class Decoder {
 public:
  Decoder(std::string_view text, Heap& heap, const JsonReadOptions& options)
      : text_(text), heap_(heap), options_(options), path_(options.path) {}

  JsonReading decode() {
    JsonReading reading;
    skip_blanks();
    const char first = text_[at_];
    if (options_.target == JsonTarget::any) {
      reading.value = value();
      reading.stored = true;
    } else if (first == 'n') {
      reading.value = options_.target == JsonTarget::map ? Value::nil_map() : Value::nil_list();
      reading.stored = true;
    } else if (first == (options_.target == JsonTarget::map ? '{' : '[')) {
      reading.value = value();
      reading.stored = true;
    } else {
      save("json: cannot unmarshal " + std::string(kind_of(first)) + " into Go value of type " +
           (options_.target == JsonTarget::map ? "map[string]interface {}" : "[]interface {}"));
    }
    reading.error = std::move(error_);
    return reading;
  }

 private:
  static std::string_view kind_of(char first) {
    switch (first) {
      case '{': return "object";
      case '[': return "array";
      case '"': return "string";
      case 't':
      case 'f': return "bool";
      default: return "number";
    }
  }

  void save(std::string text) {
    if (error_.empty()) error_ = std::move(text);
  }

  void skip_blanks() {
    while (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r' || text_[at_] == '\n') ++at_;
  }

  Value value() {
    check_stack("reading JSON");
    skip_blanks();
    const std::size_t begin = at_;
    Value made = bare_value();
    if (options_.origins != nullptr) made.set_origin(origin(made, begin));
    return made;
  }

  Value bare_value() {
    switch (text_[at_]) {
      case '{': return object();
      case '[': return array();
      case '"': return heap_.string(string());
      case 't': at_ += 4; return Value::boolean(true);
      case 'f': at_ += 5; return Value::boolean(false);
      case 'n': at_ += 4; return {};
      default: return number();
    }
  }

  Value object() {
    Value made = heap_.map();
    const std::size_t length = path_.size();
    for (++at_, skip_blanks(); text_[at_] != '}'; skip_blanks()) {
      if (text_[at_] == ',') ++at_, skip_blanks();
      const std::string key = string();
      skip_blanks();
      ++at_;
      if (options_.origins != nullptr) path_.append(path_.empty() ? "" : ".").append(key);
      made.as_map()->set(key, value());
      path_.resize(length);
    }
    ++at_;
    return made;
  }

  Value array() {
    std::vector<Value> items;
    const std::size_t length = path_.size();
    for (++at_, skip_blanks(); text_[at_] != ']'; skip_blanks()) {
      if (text_[at_] == ',') ++at_;
      if (options_.origins != nullptr) path_.append("[").append(std::to_string(items.size())).append("]");
      items.push_back(value());
      path_.resize(length);
    }
    ++at_;
    return heap_.appended_list(items);
  }

  Value number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::string_view("0123456789.eE+-").find(text_[at_]) != std::string_view::npos) ++at_;
    const std::string_view literal = text_.substr(begin, at_ - begin);
    const auto parsed = parse_float(literal);
    if (parsed) return Value::floating(parsed.value);
    save("json: cannot unmarshal number " + std::string(literal) + " into Go value of type float64");
    return {};
  }

  std::string string() {
    std::string out;
    std::size_t from = ++at_;
    while (text_[at_] != '"') {
      if (text_[at_] != '\\') {
        ++at_;
        continue;
      }
      append_raw(out, text_.substr(from, at_ - from));
      escape(out);
      from = at_;
    }
    append_raw(out, text_.substr(from, at_ - from));
    ++at_;
    return out;
  }

  static void append_raw(std::string& out, std::string_view raw) {
    if (utf8::valid(raw)) {
      out.append(raw);
    } else {
      out.append(utf8::to_valid(raw));
    }
  }

  void escape(std::string& out) {
    const char c = text_[at_ + 1];
    at_ += 2;
    switch (c) {
      case 'b': out += '\b'; break;
      case 'f': out += '\f'; break;
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case 'u': unicode_escape(out); break;
      default: out += c; break;
    }
  }

  char32_t four_digits() {
    char32_t value = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = text_[at_];
      const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    return value;
  }

  // Pairs of surrogates are one character, others become U+FFFD.
  void unicode_escape(std::string& out) {
    const char32_t first = four_digits();
    if (first >= 0xD800 && first < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      const std::size_t before = at_;
      at_ += 2;
      const char32_t second = four_digits();
      if (second >= 0xDC00 && second < 0xE000) {
        utf8::append(out, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        return;
      }
      at_ = before;
    }
    utf8::append(out, first >= 0xD800 && first < 0xE000 ? utf8::rune_error : first);
  }

  OriginId origin(const Value& value, std::size_t begin) const {
    if (!options_.trace.empty()) {
      const std::size_t end = value.is_map() || value.is_list() ? begin : at_;
      return rendered_origin(*options_.origins, options_.trace, begin, end, options_.origin);
    }
    if (options_.file == no_file) return options_.origin;
    const Span span{options_.file, options_.file_offset + static_cast<std::uint32_t>(begin),
                    options_.file_offset + static_cast<std::uint32_t>(at_)};
    if (options_.kind == OriginKind::set_flag) return options_.origins->add_set(span, path_);
    return options_.origins->add_file_node({span, {}, value.is_map()}, path_);
  }

  std::string_view text_;
  Heap& heap_;
  const JsonReadOptions& options_;
  std::string path_;
  std::size_t at_ = 0;
  std::string error_;
};

}  // namespace

JsonReading read_json_partial(std::string_view text, Heap& heap, const JsonReadOptions& options) {
  JsonScan scan = scan_json(text, false);
  if (!scan.error.empty()) return {{}, false, std::move(scan.error)};
  return Decoder(text, heap, options).decode();
}

Result<Value> read_json(std::string_view text, Heap& heap, const JsonReadOptions& options) {
  JsonReading reading = read_json_partial(text, heap, options);
  if (reading.ok()) return std::move(reading.value);
  Span span;
  if (options.file != no_file) {
    span = {options.file, options.file_offset, options.file_offset + static_cast<std::uint32_t>(text.size())};
  }
  return error(std::move(reading.error), span);
}

JsonReading read_json_prefix(std::string_view text, Heap& heap, std::size_t& used, const JsonReadOptions& options) {
  JsonScan scan = scan_json(text, true);
  used = scan.end;
  if (!scan.error.empty()) return {{}, false, std::move(scan.error)};
  return Decoder(text.substr(0, scan.end), heap, options).decode();
}

}  // namespace rhumb::yaml
