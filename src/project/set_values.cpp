#include "project/set_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "rhumb/chart/values.h"

namespace rhumb::project {
namespace {

class SilentLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

/// Values of a map mean themselves, whatever --set would read into them.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// A brace at the start would begin a list.
std::string escaped_value(std::string_view text) {
  std::string out = escaped(text, "\\,");
  return out.starts_with('{') ? "\\" + out : out;
}

class SetReader {
 public:
  SetReader(Reading& reading, Given given, lint::Environment& into, bool strings)
      : reading_(reading), given_(given), into_(into), strings_(strings) {}

  void read() {
    if (given_.node.is_null()) return;
    if (given_.node.is_map()) return read_map();
    if (!given_.node.is_list()) {
      return reading_.complain(
          given_.node.span, fmt::format("'{}' must be a map or a list, not {}", given_.name, kind_name(given_.node)));
    }
    for (const Node* const item : reading_.texts(given_)) add(item->text, strings_, item->span);
  }

 private:
  void read_map() {
    reading_.check_twice(given_.node);
    for (const auto& [key, value] : given_.node.entries) {
      if (key->text.empty() || key->text.find('=') != std::string::npos) {
        reading_.complain(key->span, fmt::format("{} is no key for '{}'", shown(key->text), given_.name));
      } else {
        read_entry(*key, *value);
      }
    }
  }

  void read_entry(const Node& key, const Node& value) {
    switch (value.kind) {
      case Node::Kind::null: return read_null(key, value);
      case Node::Kind::text: return add(key.text + "=" + escaped_value(value.text), strings_ || value.quoted, key.span);
      case Node::Kind::list: return read_list(key, value);
      default:
        reading_.complain(value.span,
                          fmt::format("'{}' takes no maps: write {}.KEY, or use a values file", given_.name, key.text));
    }
  }

  void read_null(const Node& key, const Node& value) {
    if (!strings_) return add(key.text + "=null", false, key.span);
    reading_.complain(value.span, fmt::format("'{}' holds texts only, not nothing", given_.name));
  }

  void read_list(const Node& key, const Node& value) {
    bool quoted = strings_;
    std::string items;
    for (const Node* const item : value.items) {
      if (!item->is_text()) {
        return reading_.complain(item->span, fmt::format("a list in '{}' holds texts and numbers only, not {}",
                                                         given_.name, kind_name(*item)));
      }
      quoted = quoted || item->quoted;
      if (item != value.items.front()) items += ',';
      items += escaped(item->text, "\\,}");
    }
    if (value.items.empty()) {
      return reading_.complain(value.span, fmt::format("'{}' can make no empty list: use a values file", given_.name));
    }
    add(key.text + "={" + items + "}", quoted, key.span);
  }

  /// What Helm could not read is better refused here, where the place is known.
  void add(std::string text, bool as_string, Span span) {
    Sources scratch;
    SilentLog log;
    Heap heap({.limit_bytes = memory_limit});
    chart::ValueOptions options;
    (as_string ? options.string_values : options.values).push_back(text);
    try {
      const auto merged = chart::merge_value_options(options, reading_.files(), scratch, {heap, log});
      if (!merged) reading_.complain(span, fmt::format("'{}': {}", given_.name, reason(merged.error().message)));
    } catch (const LimitError& limit) {
      reading_.complain(span, fmt::format("'{}': {}", given_.name, limit.what()));
    }
    (as_string ? into_.set_string : into_.set).push_back(std::move(text));
  }

  /// Without "failed parsing --set data: ", which names a flag that nobody gave.
  static std::string_view reason(std::string_view message) {
    constexpr std::string_view end = " data: ";
    const std::size_t at = message.find(end);
    return at == std::string_view::npos ? message : message.substr(at + end.size());
  }

  static constexpr std::size_t memory_limit = 64U << 20;

  Reading& reading_;
  Given given_;
  lint::Environment& into_;
  bool strings_;
};

Value scalars(SchemaBuilder& schema, std::initializer_list<std::string_view> types) {
  std::vector<Value> names;
  for (const std::string_view type : types) names.push_back(schema.heap().string(type));
  return schema.with(schema.heap().map(), "type", schema.heap().list(names));
}

Value flags_or_map(SchemaBuilder& schema, const Value& value) {
  const Value list =
      schema.with(schema.list_of(scalars(schema, {"string", "number", "boolean"})), "minItems", Value::integer(1));
  return schema.or_null(schema.any_of({schema.texts(), schema.map_of(schema.any_of({value, list}))}));
}

}  // namespace

void read_set(Reading& reading, Given given, lint::Environment& into) { SetReader(reading, given, into, false).read(); }

void read_set_string(Reading& reading, Given given, lint::Environment& into) {
  SetReader(reading, given, into, true).read();
}

Value set_schema(SchemaBuilder& schema) {
  return flags_or_map(schema, scalars(schema, {"string", "number", "boolean", "null"}));
}

Value set_string_schema(SchemaBuilder& schema) {
  return flags_or_map(schema, scalars(schema, {"string", "number", "boolean"}));
}

}  // namespace rhumb::project
