// One class for both parsers of package strvals (parser.go, literal_parser.go): the literal one knows no escapes, no
// lists and no typing, and is the same otherwise. Go's panics on values of another type are errors here with the same
// text; a list is changed in place, since Go's slices are.
#include "strvals.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"
#include "rhumb/yaml/json.h"

namespace rhumb::chart {
namespace {

constexpr std::int64_t largest_index = 65536;
constexpr int most_names = 30;
/// Go bounds only names joined by dots; a[0][0]... and a[0].a[0]... would nest without end.
constexpr int most_levels = 2000;

/// What ends parsing. Going out of text (io.EOF) is how parsing ends well, also when it is wrapped in another error,
/// which Helm 3 tells apart.
struct Stop {
  enum class Kind { none, end, wrapped_end, failure } kind = Kind::none;
  std::string text = {};

  explicit operator bool() const { return kind != Kind::none; }
};

Stop failure(std::string text) { return {Stop::Kind::failure, std::move(text)}; }
const Stop none{};
const Stop end_of_text{Stop::Kind::end, "EOF"};

/// Runes up to a delimiter. `last` is 0 when the text ended instead.
struct Runes {
  std::u32string runes = {};
  char32_t last = 0;
  bool ended = false;

  std::string text() const { return utf8::from_runes(runes); }
};

class Parser {
 public:
  Parser(SetKind kind, std::string_view text, const SetContext& context)
      : kind_(kind), rest_(text), size_(text.size()), context_(context) {}

  Result<void> parse(Map* into);

 private:
  bool literal() const { return kind_ == SetKind::literal; }
  std::size_t position() const { return size_ - rest_.size(); }
  std::optional<char32_t> next_rune();
  Runes runes_until(std::u32string_view stops);

  Stop key(Map* data, int names);
  Stop key_in(Map* data, const std::string& name, int names);
  Stop key_indexed(Map* data, const std::string& name, int names);
  Stop key_valued(Map* data, const std::string& name);
  Stop list_item(Value& list, std::int64_t index, int names);
  Stop list_item_valued(Value& list, std::int64_t index);
  Stop list_item_indexed(Value& list, std::int64_t index, int names);
  Stop list_item_keyed(Value& list, std::int64_t index, int names);
  Stop key_index(std::int64_t& index);

  bool skip_empty_value();
  Stop json_value(Value& value);
  Stop value_list(std::optional<Value>& list);
  Stop plain_value(Value& value);
  Stop read(const Runes& runes, Value& value);
  Value typed(const std::string& text);

  void set(Map* data, const std::string& name, Value value);
  Stop set_index(Value& list, std::int64_t index, Value value);
  OriginId origin();
  std::string dotted_path() const;

  SetKind kind_;
  std::string_view rest_;
  std::size_t size_;
  const SetContext& context_;
  std::size_t begin_ = 0;          // of the key=value being read
  std::vector<std::string> path_;  // of names and indices, for origins
  int level_ = 0;
};

Stop conversion_failure(const Value& value, std::string_view wanted) {
  const std::string_view type = value.is_nil() ? "nil" : value.type_name();
  return failure("unable to parse key: interface conversion: interface {} is " + std::string(type) + ", not " +
                 std::string(wanted));
}

bool is_table(const Value& value) { return value.type() == Type::map_any && value.as_map() != nullptr; }
bool is_list(const Value& value) { return value.type() == Type::slice_any; }

Result<void> Parser::parse(Map* into) {
  for (;;) {
    begin_ = position();
    path_.clear();
    const Stop stop = key(into, 0);
    if (!stop) continue;
    if (stop.kind == Stop::Kind::end) return {};
    if (stop.kind == Stop::Kind::wrapped_end && !context_.helm3) return {};
    return error(stop.text);
  }
}

std::optional<char32_t> Parser::next_rune() {
  if (rest_.empty()) return std::nullopt;
  const utf8::Rune rune = utf8::decode(rest_);
  rest_.remove_prefix(rune.width);
  return rune.value;
}

Runes Parser::runes_until(std::u32string_view stops) {
  Runes out;
  while (const std::optional<char32_t> rune = next_rune()) {
    if (stops.find(*rune) != std::u32string_view::npos) {
      out.last = *rune;
      return out;
    }
    if (*rune != U'\\' || literal()) {
      out.runes += *rune;
      continue;
    }
    const std::optional<char32_t> escaped = next_rune();
    if (!escaped) break;
    out.runes += *escaped;
  }
  out.ended = true;
  return out;
}

Stop Parser::key(Map* data, int names) {
  check_stack("reading a value of --set");
  const Runes runes = runes_until(literal() ? U"=[." : U"=[,.");
  const std::string name = runes.text();
  if (runes.ended) {
    if (runes.runes.empty()) return end_of_text;
    return failure("key " + quote(name) + " has no value");
  }
  if (++level_ > most_levels) return failure("the value is nested too deeply");
  if (context_.origins != nullptr) path_.push_back(name);
  Stop stop;
  switch (runes.last) {
    case U'[': stop = key_indexed(data, name, names); break;
    case U'=': stop = key_valued(data, name); break;
    case U'.': stop = key_in(data, name, names + 1); break;
    default:
      set(data, name, context_.heap.string(""));
      stop = failure("key " + quote(name) + " has no value (cannot end with ,)");
  }
  --level_;
  return stop;
}

Stop Parser::key_in(Map* data, const std::string& name, int names) {
  if (names > most_names) {
    return failure("value name nested level is greater than maximum supported nested level of " +
                   std::to_string(most_names));
  }
  Value inner;
  if (const Value* const known = data->find(name)) {
    if (!is_table(*known)) return conversion_failure(*known, "map[string]interface {}");
    inner = *known;
  } else {
    inner = context_.heap.map();
  }
  Stop stop = key(inner.as_map(), names);
  if (!stop && inner.as_map()->empty()) return failure("key map " + quote(name) + " has no value");
  if (!inner.as_map()->empty() && !name.empty()) data->set(name, inner);
  return stop;
}

Stop Parser::key_indexed(Map* data, const std::string& name, int names) {
  std::int64_t index = 0;
  if (Stop stop = key_index(index)) return stop;
  Value list = context_.heap.list({});
  if (const Value* const known = data->find(name)) {
    if (!is_list(*known)) return conversion_failure(*known, "[]interface {}");
    list = *known;
  }
  Stop stop = list_item(list, index, names);
  // A type clash below panics in Go, past the place where the list is stored.
  if (!name.empty()) data->set(name, list);
  return stop;
}

Stop Parser::key_index(std::int64_t& index) {
  const Runes runes = runes_until(U"]");
  if (runes.ended) return {Stop::Kind::wrapped_end, "error parsing index: EOF"};
  const auto number = atoi(runes.text());
  if (!number) return failure("error parsing index: " + number_error("Atoi", runes.text(), number.error));
  index = number.value;
  return none;
}

Stop Parser::key_valued(Map* data, const std::string& name) {
  Value value;
  if (literal()) {
    set(data, name, context_.heap.string(runes_until(U"").text()));
    return none;
  }
  if (kind_ == SetKind::json) {
    if (Stop stop = json_value(value)) return stop;
    set(data, name, value);
    return none;
  }
  if (rest_.empty()) {
    set(data, name, context_.heap.string(""));
    return end_of_text;
  }
  std::optional<Value> list;
  if (Stop stop = value_list(list)) return stop;
  if (list) {
    set(data, name, *list);
    return none;
  }
  if (Stop stop = plain_value(value)) return stop;
  set(data, name, value);
  return none;
}

Stop Parser::list_item(Value& list, std::int64_t index, int names) {
  if (index < 0) return failure("negative " + std::to_string(index) + " index not allowed");
  const Runes runes = runes_until(U"[.=");
  if (!runes.runes.empty()) {
    std::string shown;
    for (const char32_t rune : runes.runes) shown += (shown.empty() ? "" : " ") + quote_rune(rune);
    return failure("unexpected data at end of array index: [" + shown + "]");
  }
  if (runes.ended) return end_of_text;
  if (++level_ > most_levels) return failure("the value is nested too deeply");
  if (context_.origins != nullptr && !path_.empty()) path_.back() += "[" + std::to_string(index) + "]";
  Stop stop;
  switch (runes.last) {
    case U'=': stop = list_item_valued(list, index); break;
    case U'[': stop = list_item_indexed(list, index, names); break;
    default: stop = list_item_keyed(list, index, names);
  }
  --level_;
  return stop;
}

Stop Parser::list_item_valued(Value& list, std::int64_t index) {
  Value value;
  if (literal()) return set_index(list, index, context_.heap.string(runes_until(U"").text()));
  if (kind_ == SetKind::json) {
    if (Stop stop = json_value(value)) return stop;
    return set_index(list, index, value);
  }
  if (rest_.empty()) return set_index(list, index, context_.heap.string(""));
  std::optional<Value> values;
  if (Stop stop = value_list(values)) return stop;
  if (values) return set_index(list, index, *values);
  if (Stop stop = plain_value(value)) return stop;
  return set_index(list, index, value);
}

Stop Parser::list_item_indexed(Value& list, std::int64_t index, int names) {
  std::int64_t next = 0;
  if (Stop stop = key_index(next)) return stop;
  Value inner = Value::nil_list();
  const auto items = list.as_list();
  if (static_cast<std::uint64_t>(index) < items.size() && !items[static_cast<std::size_t>(index)].is_nil()) {
    inner = items[static_cast<std::size_t>(index)];
    if (!is_list(inner)) return conversion_failure(inner, "[]interface {}");
  }
  if (Stop stop = list_item(inner, next, names)) return stop;
  return set_index(list, index, inner);
}

Stop Parser::list_item_keyed(Value& list, std::int64_t index, int names) {
  Value inner = context_.heap.map();
  const auto items = list.as_list();
  if (static_cast<std::uint64_t>(index) < items.size()) {
    const Value& known = items[static_cast<std::size_t>(index)];
    if (is_table(known)) {
      inner = known;
    } else if (Stop stop = set_index(list, index, inner)) {
      return stop;
    }
  }
  if (Stop stop = key(inner.as_map(), names)) return stop;
  return set_index(list, index, inner);
}

/// Skips blanks; true when a comma (which is skipped too) or the end follows: the value is empty. As emptyVal.
bool Parser::skip_empty_value() {
  while (!rest_.empty()) {
    const utf8::Rune rune = utf8::decode(rest_);
    if (rune.value != U',' && !unicode::is_space(rune.value)) return false;
    rest_.remove_prefix(rune.width);
    if (rune.value == U',') return true;
  }
  return true;
}

Stop Parser::json_value(Value& value) {
  if (skip_empty_value()) return none;
  std::size_t used = 0;
  yaml::JsonReadOptions options;
  options.origins = context_.origins;
  options.kind = OriginKind::set_flag;
  options.file = context_.source;
  options.file_offset = static_cast<std::uint32_t>(position());
  const std::string path = dotted_path();
  options.path = path;
  const yaml::JsonReading reading = yaml::read_json_prefix(rest_, context_.heap, used, options);
  if (!reading.ok()) return failure(reading.error);
  value = reading.value;
  rest_.remove_prefix(used);
  skip_empty_value();
  return none;
}

/// A list in braces; none when there is no brace. As valList.
Stop Parser::value_list(std::optional<Value>& list) {
  if (!rest_.starts_with('{')) return none;
  rest_.remove_prefix(1);
  std::vector<Value> items;
  for (;;) {
    const Runes runes = runes_until(U",}");
    if (runes.ended) return failure("list must terminate with '}'");
    if (runes.last == U'}' && rest_.starts_with(',')) rest_.remove_prefix(1);
    Value item;
    if (Stop stop = read(runes, item)) return stop;
    if (context_.origins != nullptr) item.set_origin(origin());
    items.push_back(item);
    if (runes.last == U'}') break;
  }
  list = context_.heap.appended_list(items);
  return none;
}

Stop Parser::plain_value(Value& value) { return read(runes_until(U","), value); }

Stop Parser::read(const Runes& runes, Value& value) {
  if (kind_ == SetKind::typed) {
    value = typed(runes.text());
    return none;
  }
  if (kind_ == SetKind::string) {
    value = context_.heap.string(runes.text());
    return none;
  }
  const Result<std::string> text = context_.read_file(runes.text());
  if (!text) return failure(text.error().message);
  value = context_.heap.string(*text);
  return none;
}

/// As typedVal.
Value Parser::typed(const std::string& text) {
  if (strings::equal_fold(text, "true")) return Value::boolean(true);
  if (strings::equal_fold(text, "false")) return Value::boolean(false);
  if (strings::equal_fold(text, "null")) return {};
  if (text == "0") return Value::int64(0);
  if (!text.empty() && text[0] != '0') {
    if (const auto number = parse_int(text)) return Value::int64(number.value);
  }
  return context_.heap.string(text);
}

/// The empty key is dropped, as set of package strvals does.
void Parser::set(Map* data, const std::string& name, Value value) {
  if (name.empty()) return;
  if (context_.origins != nullptr) {
    const Value* const old = data->find(name);
    const OriginId own = value.origin() == no_origin ? origin() : value.origin();
    value.set_origin(context_.origins->add_override(own, old == nullptr ? no_origin : old->origin()));
  }
  data->set(name, std::move(value));
}

Stop Parser::set_index(Value& list, std::int64_t index, Value value) {
  if (index > largest_index) {
    return failure("index of " + std::to_string(index) + " is greater than maximum supported index of " +
                   std::to_string(largest_index));
  }
  const auto at = static_cast<std::size_t>(index);
  const auto items = list.as_list();
  if (context_.origins != nullptr) {
    const OriginId old = at < items.size() ? items[at].origin() : no_origin;
    const OriginId own = value.origin() == no_origin ? origin() : value.origin();
    value.set_origin(context_.origins->add_override(own, old));
  }
  if (at < items.size()) {
    // In place, as Go: the list was made for these values and nobody else has it.
    const_cast<Value&>(items[at]) = std::move(value);
    return none;
  }
  std::vector<Value> longer(items.begin(), items.end());
  longer.resize(at + 1);
  longer[at] = std::move(value);
  list = context_.heap.list(longer).with_origin(list.origin());
  return none;
}

std::string Parser::dotted_path() const {
  std::string path;
  for (const std::string& name : path_) path += (path.empty() ? "" : ".") + name;
  return path;
}

OriginId Parser::origin() {
  const Span span{context_.source, static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(position())};
  return context_.origins->add_set(span, dotted_path());
}

}  // namespace

Result<void> parse_set(SetKind kind, std::string_view text, Map* into, const SetContext& context) {
  return Parser(kind, text, context).parse(into);
}

}  // namespace rhumb::chart
