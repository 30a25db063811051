#include "funcs/support/toml_parser.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "funcs/support/time_layout.h"
#include "funcs/support/time_value.h"
#include "funcs/support/toml_key.h"
#include "funcs/support/toml_lexer.h"
#include "funcs/support/toml_text.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/stack.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

/// What a document of a quarter of a million lines may well spend.
constexpr std::size_t most_key_bytes = 50'000'000;

using Kind = TomlItemKind;

struct ParseFailure {
  std::string text;
};

/// A programming error of the library, which it reports by a panic.
[[noreturn]] void bug(const std::string& message) { throw gotmpl::FunctionError{"BUG: " + message + "\n\n"}; }

class TomlParser {
 public:
  TomlParser(gotmpl::CallContext& context, std::string_view text)
      : context_(context), lexer_(text), root_(context.heap.new_map()) {}

  Value run() {
    for (TomlItem item = next(); item.kind != Kind::end; item = next()) top_level(item);
    finish_table_arrays();
    return Value::map(root_);
  }

 private:
  // --- errors and items ---

  /// Keys within keys are spelled out on every level, which takes time and memory with the square of their depth.
  void spend(std::size_t bytes) const {
    spent_ += bytes;
    if (spent_ > most_key_bytes) {
      throw LimitError("reading TOML: the keys take more than " + std::to_string(most_key_bytes) + " bytes");
    }
  }
  void spend(const TomlKey& key) const {
    for (const std::string& part : key) spend(part.size() + 1);
  }
  std::string text_of(const TomlKey& key) const {
    spend(key);
    return toml_key_text(key);
  }

  [[noreturn]] void fail(int line, std::string_view message) const {
    std::string text = "toml: line " + std::to_string(line);
    const std::string key = last_key();
    if (!key.empty()) text += " (last key " + quote(key) + ")";
    throw ParseFailure{text.append(": ").append(message)};
  }
  [[noreturn]] void fail_defined(const TomlKey& key, std::string_view what) const {
    fail(line_, "Key '" + text_of(key) + "' " + std::string(what));
  }
  std::string last_key() const {
    if (current_key_.empty()) return text_of(path_);
    return path_.empty() ? current_key_ : text_of(path_) + "." + current_key_;
  }

  TomlItem next() {
    TomlItem item = lexer_.next_item();
    if (item.kind == Kind::error) fail(item.line, item.error);
    return item;
  }
  /// The next item; errors about keys name its line.
  TomlItem next_key() {
    TomlItem item = next();
    line_ = item.line;
    return item;
  }
  TomlKey key_until(Kind end) {
    TomlKey key;
    for (TomlItem item = next_key(); item.kind != end; item = next()) key.push_back(key_text(item));
    return key;
  }
  std::string key_text(const TomlItem& item) {
    return item.kind == Kind::text ? std::string(item.text) : string_value(item);
  }

  void top_level(const TomlItem& item) {
    switch (item.kind) {
      case Kind::comment_start: next(); break;
      case Kind::table_start:
        enter(key_until(Kind::table_end), false);
        array_keys_.erase(text_of(path_));
        break;
      case Kind::table_array_start:
        enter(key_until(Kind::table_array_end), true);
        array_keys_.erase(text_of(path_));
        break;
      default: {
        const TomlKey outer = path_;
        key_and_value(item);
        path_ = outer;
        current_key_.clear();
      }
    }
  }

  /// A key with its value; `start` is the item of the key's start. Returns the key and the value.
  std::pair<TomlKey, Value> key_and_value(const TomlItem& start) {
    (void)start;
    TomlKey key = key_until(Kind::key_end);
    current_key_ = key.back();
    for (std::size_t i = 0; i + 1 < key.size(); ++i) {
      TomlKey inner = path_;
      inner.push_back(key[i]);
      implicit_.insert(text_of(inner));
      enter(inner, false);
    }
    const TomlItem item = next();
    Value made = value(item, false);
    set_value(current_key_, made);
    set_type(current_key_, item.kind == Kind::array_start);
    return {std::move(key), std::move(made)};
  }

  // --- values ---

  Value value(const TomlItem& item, bool in_array) {
    switch (item.kind) {
      case Kind::integer: return integer(item);
      case Kind::floating: return floating(item);
      case Kind::boolean: return Value::boolean(item.text == "true");
      case Kind::datetime: return datetime(item);
      case Kind::array_start: return array();
      case Kind::inline_table_start: return inline_table(in_array);
      default: return context_.string(string_value(item));
    }
  }

  std::string string_value(const TomlItem& item) {
    std::string problem;
    std::string text = toml_string(item, problem);
    if (!problem.empty()) fail(item.line, problem);
    return text;
  }

  Value integer(const TomlItem& item) {
    const std::string invalid = "Invalid integer " + quote(item.text) + ": ";
    if (!toml_underscores_good(item.text)) {
      fail(item.line, invalid + "underscores must be surrounded by digits");
    }
    if (toml_leading_zero(item.text)) fail(item.line, invalid + "cannot have leading zeroes");
    const auto number = parse_int(item.text, 0);
    if (number.error == NumberError::range) fail(item.line, std::string(item.text) + " is out of range for int64");
    if (!number) bug("Expected integer value, but got '" + std::string(item.text) + "'.");
    return Value::int64(number.value);
  }

  Value floating(const TomlItem& item) {
    double number = 0;
    const std::string problem = toml_float(item.text, number);
    if (!problem.empty()) fail(item.line, problem);
    return Value::floating(number);
  }

  Value datetime(const TomlItem& item) {
    std::string text(item.text);
    for (char& c : text) {
      if (c == 'z') c = 'Z';
      if (c == 't' || c == ' ') c = 'T';
    }
    GoTime time;
    if (!parse_datetime(text, time)) fail(item.line, "invalid datetime: " + quote(text));
    return make_time_value(context_.heap, time);
  }

  bool parse_datetime(std::string_view text, GoTime& time) {
    HeapZones zones(context_.heap);
    const auto local = [&](std::string_view name) {
      return name.empty() ? &local_zone(context_) : zones.fixed_zone(name, current_time(context_).zone().offset);
    };
    struct Form {
      std::string_view layout;
      std::string_view zone;  // a name of its own, by which the writer knows the form again
    };
    const std::array forms{
        Form{rfc3339_nano_layout, ""},       Form{"2006-01-02T15:04:05.999999999", toml_local_datetime},
        Form{"2006-01-02", toml_local_date}, Form{"15:04:05.999999999", toml_local_time},
        Form{"2006-01-02T15:04Z07:00", ""},  Form{"2006-01-02T15:04", toml_local_datetime},
        Form{"15:04", toml_local_time}};
    for (const Form& form : forms) {
      std::string ignored;
      if (parse_time(form.layout, text, local(form.zone), zones, time, ignored)) {
        return !toml_zero_missing(text, form.layout);
      }
    }
    return false;
  }

  Value array() {
    check_stack("reading TOML");
    set_type(current_key_, true);
    std::vector<Value> items;
    for (TomlItem item = next(); item.kind != Kind::array_end; item = next()) {
      if (item.kind == Kind::comment_start) {
        next();
        continue;
      }
      items.push_back(value(item, true));
    }
    return context_.heap.appended_list(items, Type::slice_any, 2);
  }

  Value inline_table(bool in_array) {
    check_stack("reading TOML");
    const std::size_t outer_size = path_.size();
    const std::string outer_key = current_key_;
    Map* const table = context_.heap.new_map();

    path_.push_back(current_key_);
    current_key_.clear();
    implicit_.insert(text_of(path_));
    enter(TomlKey(path_), in_array);
    for (TomlItem item = next(); item.kind != Kind::inline_table_end; item = next()) {
      if (item.kind == Kind::comment_start) {
        next();
        continue;
      }
      const auto [key, made] = key_and_value(item);
      table_at(table, key)->set(key.back(), made);
      path_.resize(outer_size + 1);
    }
    path_.resize(outer_size);
    current_key_ = outer_key;
    return Value::map(table);
  }

  /// The table below an inline one that a dotted key leads to.
  Map* table_at(Map* table, const TomlKey& key) {
    for (std::size_t i = 0; i + 1 < key.size(); ++i) {
      const Value* found = table->find(key[i]);
      if (found == nullptr) {
        table->set(key[i], context_.heap.map());
        found = table->find(key[i]);
      }
      if (found->type() != Type::map_any) fail(line_, quote(text_of(path_)) + " is not a table");
      table = found->as_map();
    }
    return table;
  }

  // --- tables ---

  /// The table that stands for a value: itself, or the last one of an array of tables. Null for anything else.
  Map* as_table(const Value& found) const {
    if (found.type() == Type::map_any) return found.as_map();
    if (found.type() == Type::slice_map_any) return table_arrays_.at(found.list_payload()).back().as_map();
    return nullptr;
  }

  /// Makes the key the one that the following values belong to, as addContext.
  void enter(const TomlKey& key, bool as_array) {
    spend(key);
    Map* table = root_;
    TomlKey parent;
    for (std::size_t i = 0; i + 1 < key.size(); ++i) {
      parent.push_back(key[i]);
      const Value* found = table->find(key[i]);
      if (found == nullptr) {
        implicit_.insert(text_of(parent));
        table->set(key[i], context_.heap.map());
        found = table->find(key[i]);
      }
      table = as_table(*found);
      if (table == nullptr) fail_defined(parent, "was already created as a hash.");
    }
    path_ = std::move(parent);
    if (as_array) {
      append_table(table, key);
    } else {
      set_value(key.back(), context_.heap.map());
    }
    path_.push_back(key.back());
  }

  void append_table(Map* table, const TomlKey& key) {
    const Value* found = table->find(key.back());
    if (found == nullptr) {
      List* const list = context_.heap.arena().create<List>();
      table_arrays_[list];
      table->set(key.back(), Value::list(list, Type::slice_map_any));
      found = table->find(key.back());
    }
    if (found->type() != Type::slice_map_any) fail_defined(key, "was already created and cannot be used as an array.");
    table_arrays_.at(found->list_payload()).push_back(context_.heap.map());
  }

  void set_value(const std::string& key, const Value& value) {
    spend(path_);
    Map* table = root_;
    TomlKey whole;
    for (const std::string& part : path_) {
      whole.push_back(part);
      const Value* const found = table->find(part);
      if (found == nullptr) bug("Context for key '" + text_of(whole) + "' has not been established.");
      table = as_table(*found);
      if (table == nullptr) fail_defined(whole, "has already been defined.");
    }
    whole.push_back(key);
    if (table->contains(key)) {
      const std::string text = text_of(whole);
      if (implicit_.erase(text) == 0) fail_defined(whole, "has already been defined.");
      // An array takes the place of the tables that were noted for its elements on the way; a table is there already.
      if (!array_keys_.contains(text)) return;
    }
    table->set(key, value);
  }

  void set_type(const std::string& key, bool is_array) {
    TomlKey whole = path_;
    if (!key.empty()) whole.push_back(key);
    if (whole.empty()) whole.emplace_back();
    if (is_array) {
      array_keys_.insert(text_of(whole));
    } else {
      array_keys_.erase(text_of(whole));
    }
  }

  void finish_table_arrays() {
    for (auto& [list, tables] : table_arrays_) {
      *const_cast<List*>(list) = *context_.heap.appended_list(tables, Type::slice_map_any, 4).list_payload();
    }
  }

  gotmpl::CallContext& context_;
  TomlLexer lexer_;
  Map* root_;
  TomlKey path_;             // of the table that values belong to
  std::string current_key_;  // of the value that is being read
  int line_ = 0;             // of the last key
  mutable std::size_t spent_ = 0;
  std::unordered_set<std::string> array_keys_;
  std::unordered_set<std::string> implicit_;  // keys of tables that nobody has written a header for
  std::unordered_map<const List*, std::vector<Value>> table_arrays_;
};

}  // namespace

bool parse_toml(gotmpl::CallContext& context, std::string_view text, Value& out, std::string& error) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    text.remove_prefix(2);
  } else if (text.starts_with("\xef\xbb\xbf")) {
    text.remove_prefix(3);
  }
  if (text.substr(0, 6).find('\0') != std::string_view::npos) {
    error = "toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8";
    return false;
  }
  try {
    out = TomlParser(context, text).run();
    return true;
  } catch (const ParseFailure& failure) {
    error = failure.text;
    return false;
  }
}

}  // namespace rhumb::funcs
