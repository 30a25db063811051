// Values through the verbs of package fmt, as the type pp of fmt/print.go.
#pragma once

#include "rhumb/value/value.h"
#include "value/go_format.h"

namespace rhumb::detail {

class Printer {
 public:
  /// `known`: see Formatter.
  Printer(std::string& out, std::size_t limit, std::string_view known = {}) : format_(out, limit, known) {}

  /// As printArg: a whole operand. `addressable`: methods of pointers to the value count too.
  void argument(const Value& value, char32_t verb, bool addressable = false);
  /// As doPrintf.
  void formatted(std::string_view format, std::span<const Value> values);

  Formatter& format() { return format_; }

 private:
  struct Directive;

  void bad_verb(char32_t verb, const Value& value);
  bool method(const Value& value, char32_t verb, bool addressable);
  /// As printValue.
  void value(const Value& value, char32_t verb, int depth);
  void element(const Value& value, char32_t verb, int depth, Type type);

  void boolean(const Value& value, char32_t verb);
  void integer(std::uint64_t number, bool is_signed, char32_t verb, const Value& value);
  void floating(double number, int bits, char32_t verb, const Value& value);
  void complex(const Value& value, char32_t verb);
  void string(std::string_view text, char32_t verb, const Value& value);
  void bytes(const Value& value, char32_t verb, std::string_view type_name);
  void list(const Value& value, char32_t verb, int depth);
  void map(const Value& value, char32_t verb, int depth);
  void structure(const Value& value, char32_t verb, int depth);
  void fields(const Value& value, char32_t verb, int depth);
  void pointer(const Value& value, char32_t verb);
  void hex_0x(std::uint64_t number, bool prefix);
  /// Between two elements.
  void separate() { format_.write(format_.flags.sharp_v ? ", " : " "); }

  void directive(std::string_view format, std::size_t& at, std::span<const Value> values, Directive& state);
  bool width_and_precision(std::string_view format, std::size_t& at, std::span<const Value> values, Directive& state);
  void extra_arguments(std::span<const Value> values);

  Formatter format_;
  bool erroring_ = false;
};

/// Whether values of the type have a String or Error method, and its text.
bool method_text(std::string& out, const Value& value, bool addressable);

}  // namespace rhumb::detail
