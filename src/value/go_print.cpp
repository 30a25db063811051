#include "rhumb/value/go_print.h"

#include <atomic>
#include <charconv>
#include <utility>

#include "rhumb/base/stack.h"
#include "rhumb/value/go_number.h"
#include "value/go_printer.h"

namespace rhumb {
namespace detail {
namespace {

// What stands for the address of everything.
std::atomic<std::uint64_t> printed_address = 0xc000000000;

// Checking the stack costs little, but most values are flat.
constexpr int unchecked_depth = 64;
// Go's stack holds some times that, which takes a gigabyte to find out.
constexpr int deepest = 100'000;

void check_depth(int depth) {
  if (depth <= unchecked_depth) return;
  if (depth > deepest) throw LimitError("printing a value: it is nested more than 100000 levels deep");
  check_stack("printing a value");
}

bool asks_for_text(char32_t verb) { return verb == 'v' || verb == 's' || verb == 'x' || verb == 'X' || verb == 'q'; }

bool is_unexported(std::string_view field) { return !field.empty() && field[0] >= 'a' && field[0] <= 'z'; }

}  // namespace

bool method_text(std::string& out, const Value& value, bool addressable) {
  switch (value.type()) {
    case Type::duration: out += duration_string(value.as_integer()); return true;
    case Type::month: out += month_string(value.as_integer()); return true;
    case Type::weekday: out += weekday_string(value.as_integer()); return true;
    default: break;
  }
  if (!value.is_structure()) return false;
  const StructureType& type = *value.as_structure().type;
  if (type.print == nullptr || (type.prints_only_addressable && !addressable)) return false;
  type.print(out, value.as_structure());
  return true;
}

void Printer::bad_verb(char32_t verb, const Value& value) {
  const bool erroring = std::exchange(erroring_, true);
  format_.write("%!");
  format_.write_rune(verb);
  format_.write("(");
  if (value.is_nil()) {
    format_.write("<nil>");
  } else {
    format_.write(value.type_name());
    format_.write("=");
    this->value(value, 'v', 0);
  }
  format_.write(")");
  erroring_ = erroring;
}

bool Printer::method(const Value& value, char32_t verb, bool addressable) {
  if (erroring_) return false;
  if (verb == 'w') {
    bad_verb(verb, value);
    return true;
  }
  std::string text;
  if (format_.flags.sharp_v) {
    if (!value.is_structure() || value.as_structure().type->go_syntax == nullptr) return false;
    value.as_structure().type->go_syntax(text, value.as_structure());
    format_.text(text);
    return true;
  }
  if (!asks_for_text(verb)) return false;
  if (!method_text(text, value, addressable)) return false;
  string(text, verb, value);
  return true;
}

void Printer::argument(const Value& value, char32_t verb, bool addressable) {
  if (value.is_nil()) {
    if (verb != 'T' && verb != 'v') return bad_verb(verb, value);
    return format_.pad("<nil>");
  }
  if (verb == 'T') return format_.text(value.type_name());
  if (verb == 'p') return pointer(value, verb);
  if (value.type() == Type::bytes) return bytes(value, verb, verb == 'v' ? "[]byte" : "[]uint8");
  const bool plain = value.type() <= Type::string;
  if (plain || !method(value, verb, addressable)) this->value(value, verb, 0);
}

void Printer::value(const Value& value, char32_t verb, int depth) {
  check_depth(depth);
  if (depth > 0 && value.type() > Type::string && method(value, verb, false)) return;
  switch (value.rep()) {
    case Rep::nothing: return format_.write("<nil>");
    case Rep::boolean: return boolean(value, verb);
    case Rep::integer: return integer(static_cast<std::uint64_t>(value.as_integer()), true, verb, value);
    case Rep::unsigned_integer: return integer(value.as_unsigned(), false, verb, value);
    case Rep::floating: return floating(value.as_double(), value.type() == Type::float32 ? 32 : 64, verb, value);
    case Rep::complex: return complex(value, verb);
    case Rep::text:
      if (value.is_string()) return string(value.as_text(), verb, value);
      return bytes(value, verb, "[]uint8");
    case Rep::list: return list(value, verb, depth);
    case Rep::map: return map(value, verb, depth);
    case Rep::structure: return structure(value, verb, depth);
  }
}

/// An element of a list or map, of the static type `type`. The nil of an interface is "<nil>" under every verb.
void Printer::element(const Value& value, char32_t verb, int depth, Type type) {
  if (!value.is_nil()) return this->value(value, verb, depth + 1);
  if (!format_.flags.sharp_v) return format_.write("<nil>");
  format_.write(type_info(type).name);
  format_.write("(nil)");
}

void Printer::boolean(const Value& value, char32_t verb) {
  if (verb != 't' && verb != 'v') return bad_verb(verb, value);
  format_.boolean(value.as_bool());
}

void Printer::hex_0x(std::uint64_t number, bool prefix) {
  const bool sharp = std::exchange(format_.flags.sharp, prefix);
  format_.integer(number, 16, false, 'v', Formatter::lower_digits);
  format_.flags.sharp = sharp;
}

void Printer::integer(std::uint64_t number, bool is_signed, char32_t verb, const Value& value) {
  const auto in_base = [&](unsigned base, std::string_view digits) {
    format_.integer(number, base, is_signed, verb, digits);
  };
  switch (verb) {
    case 'v':
      if (format_.flags.sharp_v && !is_signed) return hex_0x(number, true);
      return in_base(10, Formatter::lower_digits);
    case 'd': return in_base(10, Formatter::lower_digits);
    case 'b': return in_base(2, Formatter::lower_digits);
    case 'o':
    case 'O': return in_base(8, Formatter::lower_digits);
    case 'x': return in_base(16, Formatter::lower_digits);
    case 'X': return in_base(16, Formatter::upper_digits);
    case 'c': return format_.character(number);
    case 'q': return format_.quoted_character(number);
    case 'U': return format_.unicode(number);
    default: return bad_verb(verb, value);
  }
}

void Printer::floating(double number, int bits, char32_t verb, const Value& value) {
  switch (verb) {
    case 'v': return format_.floating(number, bits, 'g', -1);
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X': return format_.floating(number, bits, static_cast<char>(verb), -1);
    case 'f':
    case 'e':
    case 'E': return format_.floating(number, bits, static_cast<char>(verb), 6);
    case 'F': return format_.floating(number, bits, 'f', 6);
    default: return bad_verb(verb, value);
  }
}

void Printer::complex(const Value& value, char32_t verb) {
  if (verb > 0x7F || std::string_view("vbgGxXfFeE").find(static_cast<char>(verb)) == std::string_view::npos) {
    return bad_verb(verb, value);
  }
  format_.write("(");
  floating(value.as_complex().real, 64, verb, value);
  const bool plus = std::exchange(format_.flags.plus, true);
  floating(value.as_complex().imaginary, 64, verb, value);
  format_.flags.plus = plus;
  format_.write("i)");
}

void Printer::string(std::string_view text, char32_t verb, const Value& value) {
  switch (verb) {
    case 'v': return format_.flags.sharp_v ? format_.quoted_text(text) : format_.text(text);
    case 's': return format_.text(text);
    case 'x': return format_.hex_text(text, Formatter::lower_digits);
    case 'X': return format_.hex_text(text, Formatter::upper_digits);
    case 'q': return format_.quoted_text(text);
    default: return bad_verb(verb, value);
  }
}

/// As fmtBytes, whose word for the type is "[]byte", and as printValue, whose word is "[]uint8".
void Printer::bytes(const Value& value, char32_t verb, std::string_view type_name) {
  const std::string_view text = value.as_text();
  if (verb == 's' || verb == 'q' || verb == 'x' || verb == 'X') return string(text, verb, value);
  const bool sharp = format_.flags.sharp_v;
  if (sharp) {
    format_.write(type_name);
    if (value.is_nil_payload()) return format_.write("(nil)");
  }
  format_.write(sharp ? "{" : "[");
  if ((verb == 'v' || verb == 'd') && format_.is_plain()) {
    format_.decimals(text);  // a file of a chart: megabytes
  } else {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i > 0) separate();
      const auto byte = static_cast<unsigned char>(text[i]);
      integer(byte, false, verb, Value::unsigned_integer(byte, Type::uint8));
    }
  }
  format_.write(sharp ? "}" : "]");
}

void Printer::list(const Value& value, char32_t verb, int depth) {
  const bool sharp = format_.flags.sharp_v;
  if (sharp) {
    format_.write(value.type_name());
    if (value.is_nil_payload()) return format_.write("(nil)");
  }
  format_.write(sharp ? "{" : "[");
  const Type type = type_info(value.type()).element;
  bool first = true;
  for (const Value& item : value.as_list()) {
    if (!first) separate();
    first = false;
    element(item, verb, depth, type);
  }
  format_.write(sharp ? "}" : "]");
}

void Printer::map(const Value& value, char32_t verb, int depth) {
  const bool sharp = format_.flags.sharp_v;
  if (sharp) {
    format_.write(value.type_name());
    if (value.as_map() == nullptr) return format_.write("(nil)");
  }
  format_.write(sharp ? "{" : "map[");
  const Type type = type_info(value.type()).element;
  bool first = true;
  if (value.as_map() != nullptr) {
    for (const Map::Entry& entry : value.as_map()->entries()) {
      if (!first) separate();
      first = false;
      const Text key{entry.key.data(), entry.key.size()};
      string(entry.key, verb, Value::text(&key));
      format_.write(":");
      element(entry.value, verb, depth, type);
    }
  }
  format_.write(sharp ? "}" : "]");
}

void Printer::structure(const Value& value, char32_t verb, int depth) {
  if (value.kind() == Kind::pointer) {
    // Only at the top: what is inside may point in circles.
    if (depth > 0 || value.as_structure().type->is_nil_pointer) return pointer(value, verb);
    format_.write("&");
  }
  fields(value, verb, depth);
}

void Printer::fields(const Value& value, char32_t verb, int depth) {
  const Structure& structure = value.as_structure();
  const bool sharp = format_.flags.sharp_v;
  if (structure.fields == nullptr && structure.type->laid_open != nullptr) {
    Heap heap;
    return fields(structure.type->laid_open(heap, structure), verb, depth);
  }
  if (sharp) {
    std::string_view name = value.type_name();
    if (name.starts_with('*')) name.remove_prefix(1);
    format_.write(name);
  }
  format_.write("{");
  const std::span<const std::string_view> names = structure.type->fields;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) separate();
    if (sharp || format_.flags.plus_v) {
      format_.write(names[i]);
      format_.write(":");
    }
    // The methods of unexported fields are out of reach.
    const bool erroring = erroring_;
    erroring_ = erroring_ || is_unexported(names[i]);
    element(structure.fields[i], verb, depth, Type::interface);
    erroring_ = erroring;
  }
  format_.write("}");
}

void Printer::pointer(const Value& value, char32_t verb) {
  const Kind kind = value.kind();
  if (kind != Kind::map && kind != Kind::slice && kind != Kind::pointer) return bad_verb(verb, value);
  const bool is_nil = kind == Kind::pointer ? value.as_structure().type->is_nil_pointer : value.is_nil_payload();
  const std::uint64_t number = is_nil ? 0 : printed_address.load(std::memory_order_relaxed);
  switch (verb) {
    case 'v':
      if (format_.flags.sharp_v) {
        format_.write("(" + std::string(value.type_name()) + ")(");
        is_nil ? format_.write("nil") : hex_0x(number, true);
        return format_.write(")");
      }
      if (is_nil) return format_.pad("<nil>");
      [[fallthrough]];
    case 'p': return hex_0x(number, !format_.flags.sharp);
    case 'b':
    case 'o':
    case 'd':
    case 'x':
    case 'X': return integer(number, false, verb, value);
    default: return bad_verb(verb, value);
  }
}

}  // namespace detail

namespace {

/// What needs no formatter; false for the rest.
bool print_simple(std::string& out, const Value& value) {
  char buffer[24];
  switch (value.type()) {
    case Type::nil: out += "<nil>"; return true;
    case Type::boolean: out += value.as_bool() ? "true" : "false"; return true;
    case Type::string: out += value.as_text(); return true;
    case Type::float64: append_float(out, value.as_double(), 'g', -1); return true;
    case Type::int_:
    case Type::int64: {
      const auto end = std::to_chars(buffer, buffer + sizeof buffer, value.as_integer());
      out.append(buffer, end.ptr);
      return true;
    }
    default: return false;
  }
}

}  // namespace

void set_printed_address(std::uint64_t address) { detail::printed_address = address; }

void print_value(std::string& out, const Value& value, bool addressable, std::size_t limit_bytes) {
  if (print_simple(out, value)) return;
  std::string text;
  detail::Printer printer(out, limit_bytes);
  if (value.kind() == Kind::pointer) {
    // printableValue follows pointers, and what they point to is addressable.
    if (detail::method_text(text, value, true)) return printer.format().write(text);
    detail::Printer inner(text, limit_bytes);
    inner.argument(value, 'v');
    return printer.format().write(std::string_view(text).substr(text.starts_with('&') ? 1 : 0));
  }
  printer.argument(value, 'v', addressable);
}

std::string sprint(const Value& value, std::size_t limit_bytes) {
  std::string out;
  if (!print_simple(out, value)) detail::Printer(out, limit_bytes).argument(value, 'v');
  return out;
}

std::string sprint(std::span<const Value> values, std::size_t limit_bytes) {
  std::string out;
  detail::Printer printer(out, limit_bytes);
  bool after_string = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_string = values[i].is_string();
    if (i > 0 && !is_string && !after_string) printer.format().write(" ");
    printer.argument(values[i], 'v');
    after_string = is_string;
  }
  return out;
}

std::string sprintln(std::span<const Value> values, std::size_t limit_bytes) {
  std::string out;
  detail::Printer printer(out, limit_bytes);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) printer.format().write(" ");
    printer.argument(values[i], 'v');
  }
  printer.format().write("\n");
  return out;
}

std::string sprintf(std::string_view format, std::span<const Value> values, std::size_t limit_bytes) {
  std::string out;
  detail::Printer(out, limit_bytes).formatted(format, values);
  return out;
}

bool print_method(std::string& out, const Value& value, bool addressable) {
  return detail::method_text(out, value, addressable);
}

std::string strval(const Value& value, std::size_t limit_bytes) {
  if (value.is_text()) return std::string(value.as_text());
  return sprint(value, limit_bytes);
}

bool strval_or_known(std::string& out, const Value& value, std::string_view known, std::size_t limit_bytes) {
  if (known.empty() || value.is_text()) {
    out = strval(value, limit_bytes);
    return false;
  }
  detail::Printer printer(out, limit_bytes, known);
  printer.argument(value, 'v');
  return printer.format().is_known();
}

}  // namespace rhumb
