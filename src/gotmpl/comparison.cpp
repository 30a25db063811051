// eq ne lt le gt ge. As funcs.go of text/template.
#include "gotmpl/builtin_bodies.h"
#include "gotmpl/types.h"
#include "rhumb/value/go_print.h"

namespace rhumb::gotmpl {
namespace {

enum class BasicKind : std::uint8_t { none, boolean, complex, integer, floating, string, unsigned_integer };

BasicKind basic_kind(const Value& value) {
  switch (value.rep()) {
    case Rep::boolean: return BasicKind::boolean;
    case Rep::integer: return BasicKind::integer;
    case Rep::unsigned_integer: return BasicKind::unsigned_integer;
    case Rep::floating: return BasicKind::floating;
    case Rep::complex: return BasicKind::complex;
    case Rep::text: return value.is_string() ? BasicKind::string : BasicKind::none;
    default: return BasicKind::none;
  }
}

[[noreturn]] void fail_bad_type() { throw FunctionError{"invalid type for comparison"}; }

[[noreturn]] void fail_incompatible(const Value& a, const Value& b) {
  throw FunctionError{"incompatible types for comparison: " + std::string(a.type_name()) + " and " +
                      std::string(b.type_name())};
}

bool is_nil(const Value& value) {
  if (is_nothing(value)) return true;
  const Kind kind = value.kind();
  return (kind == Kind::map || kind == Kind::slice) && value.is_nil_payload();
}

std::string with_s(const Value& value) { return sprintf("%s", {&value, 1}); }
std::string with_v(const Value& value) { return sprintf("%v", {&value, 1}); }

/// Neither is of a basic kind.
bool equal_others(const Value& a, const Value& b) {
  if (!is_nothing(a) && !is_nothing(b) && a.kind() != b.kind()) {
    throw FunctionError{"non-comparable types " + with_s(a) + ": " + std::string(a.type_name()) + ", " +
                        std::string(b.type_name()) + ": " + with_v(b)};
  }
  if (is_nil(a) || is_nil(b)) return is_nil(a) == is_nil(b);
  if (b.kind() == Kind::map || b.kind() == Kind::slice) {
    throw FunctionError{"non-comparable type " + with_s(b) + ": " + std::string(b.type_name())};
  }
  if (a.kind() == Kind::pointer) return a.type() == b.type() && &a.as_structure() == &b.as_structure();
  return deep_equal(a, b);
}

bool equal(const Value& a, const Value& b) {
  const BasicKind x = basic_kind(a);
  const BasicKind y = basic_kind(b);
  if (x != y) {
    if (x == BasicKind::integer && y == BasicKind::unsigned_integer) {
      return a.as_integer() >= 0 && static_cast<std::uint64_t>(a.as_integer()) == b.as_unsigned();
    }
    if (x == BasicKind::unsigned_integer && y == BasicKind::integer) return equal(b, a);
    if (!is_nothing(a) && !is_nothing(b)) fail_incompatible(a, b);
    return false;
  }
  switch (x) {
    case BasicKind::boolean: return a.as_bool() == b.as_bool();
    case BasicKind::complex:
      return a.as_complex().real == b.as_complex().real && a.as_complex().imaginary == b.as_complex().imaginary;
    case BasicKind::floating: return a.as_double() == b.as_double();
    case BasicKind::integer: return a.as_integer() == b.as_integer();
    case BasicKind::string: return a.as_text() == b.as_text();
    case BasicKind::unsigned_integer: return a.as_unsigned() == b.as_unsigned();
    case BasicKind::none: break;
  }
  return equal_others(a, b);
}

bool equal_any(Args args) {
  if (args.size() == 1) throw FunctionError{"missing argument for comparison"};
  for (const Value& other : args.subspan(1)) {
    if (equal(args[0], other)) return true;
  }
  return false;
}

bool less_mixed(const Value& a, BasicKind x, const Value& b, BasicKind y) {
  if (x == BasicKind::integer && y == BasicKind::unsigned_integer) {
    return a.as_integer() < 0 || static_cast<std::uint64_t>(a.as_integer()) < b.as_unsigned();
  }
  if (x == BasicKind::unsigned_integer && y == BasicKind::integer) {
    return b.as_integer() >= 0 && a.as_unsigned() < static_cast<std::uint64_t>(b.as_integer());
  }
  fail_incompatible(a, b);
}

bool less(const Value& a, const Value& b) {
  const BasicKind x = basic_kind(a);
  const BasicKind y = basic_kind(b);
  if (x == BasicKind::none || y == BasicKind::none) fail_bad_type();
  if (x != y) return less_mixed(a, x, b, y);
  switch (x) {
    case BasicKind::floating: return a.as_double() < b.as_double();
    case BasicKind::integer: return a.as_integer() < b.as_integer();
    case BasicKind::string: return a.as_text() < b.as_text();
    case BasicKind::unsigned_integer: return a.as_unsigned() < b.as_unsigned();
    default: fail_bad_type();
  }
}

bool less_or_equal(const Value& a, const Value& b) { return less(a, b) || equal(a, b); }

}  // namespace

Value eq_body(CallContext&, Args args) { return Value::boolean(equal_any(args)); }
Value ne_body(CallContext&, Args args) { return Value::boolean(!equal(args[0], args[1])); }
Value lt_body(CallContext&, Args args) { return Value::boolean(less(args[0], args[1])); }
Value le_body(CallContext&, Args args) { return Value::boolean(less_or_equal(args[0], args[1])); }
Value gt_body(CallContext&, Args args) { return Value::boolean(!less_or_equal(args[0], args[1])); }
Value ge_body(CallContext&, Args args) { return Value::boolean(!less(args[0], args[1])); }

}  // namespace rhumb::gotmpl
