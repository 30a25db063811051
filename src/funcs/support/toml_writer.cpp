#include "funcs/support/toml_writer.h"

#include <cmath>

#include "funcs/support/time_value.h"
#include "funcs/support/toml_key.h"
#include "funcs/support/toml_text.h"
#include "rhumb/base/stack.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::funcs {
namespace {

struct WriteFailure {
  std::string text;
};

/// What a Go value is in TOML. `none` is nil.
enum class Shape { none, scalar, array, table, table_array };

/// Types that write themselves as text: time.Time and *semver.Version.
bool writes_itself(const Value& value) { return value.type() == Type::time || value.type() == Type::semver; }

bool is_nil(const Value& value) {
  if (value.is_nil()) return true;
  return (value.is_list() || value.is_map() || value.type() == Type::bytes) && value.is_nil_payload();
}

bool is_exported(std::string_view field) { return field[0] >= 'A' && field[0] <= 'Z'; }

std::string float_text(double number, int bits) {
  if (std::isnan(number)) return std::signbit(number) ? "-nan" : "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  std::string text = format_float(number, 'g', -1, bits);
  if (text.find_first_of("e.") == std::string::npos) text += ".0";
  return text;
}

/// RFC 3339, or what the reader found when that had no offset.
std::string time_text(const GoTime& time) {
  const std::string_view zone = time.location == nullptr ? "" : time.location->name;
  if (zone == toml_local_datetime) return format_time(time.in(nullptr), "2006-01-02T15:04:05.999999999");
  if (zone == toml_local_date) return format_time(time.in(nullptr), "2006-01-02");
  if (zone == toml_local_time) return format_time(time.in(nullptr), "15:04:05.999999999");
  return format_time(time, "2006-01-02T15:04:05.999999999Z07:00");
}

class TomlWriter {
 public:
  TomlWriter(std::string& out, const Limits& limits) : out_(out), limits_(limits) {}

  void write(const Value& value) {
    TomlKey key;
    encode(key, value);
    check_size();
  }

 private:
  /// As Encoder.encode: a key with its value, a table, an array of tables. Nil is left out.
  void encode(TomlKey& key, const Value& value) {
    check_stack("writing TOML");
    check_size();
    if (writes_itself(value)) return write_pair(key, value);
    switch (value.rep()) {
      case Rep::nothing: return;
      case Rep::list:
        if (shape_of(value) == Shape::table_array) return write_table_array(key, value);
        return write_pair(key, value);
      case Rep::map:
        if (value.is_nil_payload()) return;
        return write_table(key, value);
      case Rep::structure: return write_table(key, value);
      case Rep::complex: throw WriteFailure{"unsupported type for key '" + toml_key_text(key) + "': complex128"};
      default: return write_pair(key, value);
    }
  }

  /// A value that shares its parts can be written at a length that is exponential in its size.
  void check_size() const {
    if (out_.size() <= limits_.output_bytes) return;
    throw LimitError("a TOML text exceeds the limit of " + std::to_string(limits_.output_bytes) + " bytes");
  }

  Shape shape_of(const Value& value) {
    check_stack("writing TOML");
    // Lists within lists are looked at again on every level, which takes long without a byte being written.
    if (++looks_ > limits_.list_elements) {
      throw LimitError("writing TOML looks at more than " + std::to_string(limits_.list_elements) + " elements");
    }
    if (is_nil(value)) return Shape::none;
    if (writes_itself(value)) return Shape::scalar;
    switch (value.rep()) {
      case Rep::map:
      case Rep::structure: return Shape::table;
      case Rep::list: return is_table_array(value) ? Shape::table_array : Shape::array;
      case Rep::text: return value.is_string() ? Shape::scalar : Shape::array;
      case Rep::complex: throw WriteFailure{"unsupported type: complex128"};
      default: return Shape::scalar;
    }
  }

  /// Whether a list holds tables only. A nil in it is an error, at any depth of lists.
  bool is_table_array(const Value& list) {
    bool all_tables = !list.as_list().empty();
    for (const Value& item : list.as_list()) {
      const Shape shape = shape_of(item);
      if (shape == Shape::none) throw WriteFailure{"toml: cannot encode array with nil element"};
      all_tables = all_tables && shape == Shape::table;
    }
    return all_tables;
  }

  void new_line() {
    if (!out_.empty()) out_ += '\n';
  }
  void indent(const TomlKey& key) { out_.append((key.size() - 1) * 2, ' '); }

  void write_pair(const TomlKey& key, const Value& value) {
    if (key.empty()) return write_element(value);
    indent(key);
    out_ += toml_key_part(key.back());
    out_ += " = ";
    write_element(value);
    new_line();
  }

  void write_table(TomlKey& key, const Value& value) {
    if (key.size() == 1) new_line();
    if (!key.empty()) {
      indent(key);
      out_ += "[" + toml_key_text(key) + "]";
      new_line();
    }
    write_members(key, value, false);
  }

  void write_table_array(TomlKey& key, const Value& list) {
    if (key.empty()) throw WriteFailure{"toml: top-level values must be Go maps or structs"};
    for (const Value& item : list.as_list()) {
      new_line();
      indent(key);
      out_ += "[[" + toml_key_text(key) + "]]";
      new_line();
      write_members(key, item, false);
    }
  }

  void write_members(TomlKey& key, const Value& value, bool is_inline) {
    if (is_inline) out_ += '{';
    if (value.is_map()) {
      write_map(key, value, is_inline);
    } else {
      write_fields(key, value.as_structure(), is_inline);
    }
    if (is_inline) out_ += '}';
  }

  struct Member {
    std::string_view name;
    const Value* value;
    std::size_t index;  // of the field
  };

  /// Scalars and arrays first, then tables and arrays of tables.
  void sort_in(const Member& member, std::vector<Member>& direct, std::vector<Member>& tables) {
    const Shape shape = shape_of(*member.value);
    (shape == Shape::table || shape == Shape::table_array ? tables : direct).push_back(member);
  }

  void write_map(TomlKey& key, const Value& map, bool is_inline) {
    std::vector<Member> direct;
    std::vector<Member> tables;
    if (map.as_map() != nullptr) {
      for (const Map::Entry& entry : map.as_map()->entries()) sort_in({entry.key, &entry.value, 0}, direct, tables);
    }
    write_map_members(key, direct, is_inline, !tables.empty());
    write_map_members(key, tables, is_inline, false);
  }

  void write_map_members(TomlKey& key, const std::vector<Member>& members, bool is_inline, bool more_follow) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (is_nil(*members[i].value)) continue;  // but the comma before it has been written
      if (!is_inline) {
        encode_below(key, members[i]);
        continue;
      }
      write_inline_pair(members[i]);
      if (more_follow || i + 1 != members.size()) out_ += ", ";
    }
  }

  void write_fields(TomlKey& key, const Structure& structure, bool is_inline) {
    std::vector<Member> direct;
    std::vector<Member> tables;
    const auto names = structure.type->fields;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (is_exported(names[i])) sort_in({names[i], &structure.fields[i], i}, direct, tables);
    }
    const std::size_t count = direct.size() + tables.size();
    direct.insert(direct.end(), tables.begin(), tables.end());
    for (const Member& member : direct) {
      if (is_nil(*member.value)) continue;
      if (!is_inline) {
        encode_below(key, member);
        continue;
      }
      write_inline_pair(member);
      // Compares the place in the struct, unexported fields included, with the number of exported ones.
      if (member.index + 1 != count) out_ += ", ";
    }
  }

  void write_inline_pair(const Member& member) {
    out_ += toml_key_part(member.name) + " = ";
    write_element(*member.value);
  }

  /// One key for all levels: copies of it would take memory with the square of the depth.
  void encode_below(TomlKey& key, const Member& member) {
    key.emplace_back(member.name);
    encode(key, *member.value);
    key.pop_back();
  }

  void write_element(const Value& value) {
    check_stack("writing TOML");
    check_size();
    if (value.type() == Type::time) {
      out_ += time_text(time_of(value));
    } else if (value.type() == Type::duration) {
      out_ += quote_toml(duration_string(value.as_integer()));
    } else if (writes_itself(value)) {
      out_ += quote_toml(sprint(value));
    } else {
      write_plain_element(value);
    }
  }

  void write_plain_element(const Value& value) {
    switch (value.rep()) {
      case Rep::boolean: out_ += value.as_bool() ? "true" : "false"; break;
      case Rep::integer: out_ += std::to_string(value.as_integer()); break;
      case Rep::unsigned_integer: out_ += std::to_string(value.as_unsigned()); break;
      case Rep::floating: out_ += float_text(value.as_double(), value.type() == Type::float32 ? 32 : 64); break;
      case Rep::text:
        if (value.is_string()) {
          out_ += quote_toml(value.as_text());
        } else {
          write_bytes(value.as_text());
        }
        break;
      case Rep::list: write_list(value.as_list()); break;
      case Rep::map:
      case Rep::structure: {
        TomlKey none;
        write_members(none, value, true);
        break;
      }
      default: throw WriteFailure{"unexpected type: " + std::string(value.type_name())};
    }
  }

  void write_list(std::span<const Value> items) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ", ";
      write_element(items[i]);
    }
    out_ += ']';
  }

  void write_bytes(std::string_view bytes) {
    out_ += '[';
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (i > 0) out_ += ", ";
      out_ += std::to_string(static_cast<unsigned char>(bytes[i]));
    }
    out_ += ']';
  }

  std::string& out_;
  const Limits& limits_;
  std::uint64_t looks_ = 0;
};

}  // namespace

bool write_toml(const Value& value, const Limits& limits, std::string& out, std::string& error) {
  try {
    TomlWriter(out, limits).write(value);
    return true;
  } catch (const WriteFailure& failure) {
    error = failure.text;
    return false;
  }
}

}  // namespace rhumb::funcs
