// The formats of printf, as doPrintf of fmt/print.go.
#include <algorithm>
#include <utility>

#include "rhumb/base/utf8.h"
#include "value/go_printer.h"

namespace rhumb::detail {
namespace {

// Widths and precisions beyond this are taken for mistakes.
constexpr int most = 1'000'000;

bool too_large(std::int64_t number) { return number > most || number < -most; }

struct ParsedDigits {
  int value = 0;
  bool found = false;
};

/// As parsenum: digits from `at` on, which moves behind them, or to `end` where the number is too large.
ParsedDigits parse_digits(std::string_view format, std::size_t& at, std::size_t end) {
  ParsedDigits parsed;
  for (; at < end && format[at] >= '0' && format[at] <= '9'; ++at) {
    if (too_large(parsed.value)) {
      at = end;
      return {};
    }
    parsed.value = parsed.value * 10 + (format[at] - '0');
    parsed.found = true;
  }
  return parsed;
}

/// As intFromArg: a width or precision that is an operand.
ParsedDigits integer_operand(const Value& value) {
  ParsedDigits parsed;
  if (value.rep() == Rep::integer && !too_large(value.as_integer())) {
    parsed = {static_cast<int>(value.as_integer()), true};
  } else if (value.rep() == Rep::unsigned_integer && value.as_unsigned() <= static_cast<std::uint64_t>(most)) {
    parsed = {static_cast<int>(value.as_unsigned()), true};
  }
  return parsed;
}

}  // namespace

/// Where the reading of a format stands.
struct Printer::Directive {
  std::size_t argument = 0;   // the next operand
  bool reordered = false;     // an index like [3] was seen
  bool after_index = false;   // just now
  bool good_argument = true;  // no index was wrong

  /// As argNumber: takes an index.
  void index(std::string_view format, std::size_t& at, std::size_t count) {
    after_index = false;
    if (at >= format.size() || format[at] != '[') return;
    reordered = true;
    const std::size_t close = format.find(']', at + 1);
    if (format.size() - at < 3 || close == std::string_view::npos) {
      good_argument = false;
      ++at;
      return;
    }
    std::size_t digits = at + 1;
    const ParsedDigits number = parse_digits(format, digits, close);
    const bool ok = number.found && digits == close;
    at = close + 1;
    after_index = ok;
    if (ok && number.value >= 1 && static_cast<std::size_t>(number.value) <= count) {
      argument = static_cast<std::size_t>(number.value) - 1;
    } else {
      good_argument = false;
    }
  }
};

void Printer::formatted(std::string_view format, std::span<const Value> values) {
  Directive state;
  for (std::size_t at = 0; at < format.size();) {
    const std::size_t percent = std::min(format.find('%', at), format.size());
    format_.write(format.substr(at, percent - at));
    at = percent;
    if (at < format.size()) directive(format, ++at, values, state);
  }
  if (!state.reordered && state.argument < values.size()) extra_arguments(values.subspan(state.argument));
}

/// One verb with its flags; `at` stands behind the percent sign.
void Printer::directive(std::string_view format, std::size_t& at, std::span<const Value> values, Directive& state) {
  FormatFlags& flags = format_.flags = {};
  state.good_argument = true;
  for (; at < format.size(); ++at) {
    const char c = format[at];
    if (c == '#')
      flags.sharp = true;
    else if (c == '0')
      flags.zero = true;
    else if (c == '+')
      flags.plus = true;
    else if (c == '-')
      flags.minus = true;
    else if (c == ' ')
      flags.space = true;
    else
      break;
  }
  if (!width_and_precision(format, at, values, state)) return format_.write("%!(NOVERB)");
  const utf8::Rune verb = utf8::decode(format.substr(at));
  at += verb.width;
  if (verb.value == '%') return format_.write("%");
  if (!state.good_argument || state.argument >= values.size()) {
    format_.write("%!");
    format_.write_rune(verb.value);
    return format_.write(state.good_argument ? "(MISSING)" : "(BADINDEX)");
  }
  if (verb.value == 'v' || verb.value == 'w') {
    flags.sharp_v = std::exchange(flags.sharp, false);
    flags.plus_v = std::exchange(flags.plus, false);
  }
  argument(values[state.argument++], verb.value);
}

/// Indexes, width and precision up to the verb; false when there is none.
bool Printer::width_and_precision(std::string_view format, std::size_t& at, std::span<const Value> values,
                                  Directive& state) {
  FormatFlags& flags = format_.flags;
  const auto star = [&](int& number, bool& present) {
    ++at;
    const ParsedDigits parsed =
        state.argument < values.size() ? integer_operand(values[state.argument++]) : ParsedDigits{};
    number = parsed.value;
    present = parsed.found;
    state.after_index = false;
  };
  state.index(format, at, values.size());
  if (at < format.size() && format[at] == '*') {
    star(flags.width, flags.has_width);
    if (!flags.has_width) format_.write("%!(BADWIDTH)");
    if (flags.width < 0) {
      flags.width = -flags.width;
      flags.minus = true;
      flags.zero = false;
    }
  } else {
    const ParsedDigits parsed = parse_digits(format, at, format.size());
    flags.width = parsed.value;
    flags.has_width = parsed.found;
    if (state.after_index && parsed.found) state.good_argument = false;
  }
  if (at + 1 < format.size() && format[at] == '.') {
    ++at;
    if (state.after_index) state.good_argument = false;
    state.index(format, at, values.size());
    if (at < format.size() && format[at] == '*') {
      star(flags.precision, flags.has_precision);
      if (flags.precision < 0) {
        flags.precision = 0;
        flags.has_precision = false;
      }
      if (!flags.has_precision) format_.write("%!(BADPREC)");
    } else {
      flags.precision = parse_digits(format, at, format.size()).value;
      flags.has_precision = true;
    }
  }
  if (!state.after_index) state.index(format, at, values.size());
  return at < format.size();
}

void Printer::extra_arguments(std::span<const Value> values) {
  format_.flags = {};
  format_.write("%!(EXTRA ");
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) format_.write(", ");
    if (values[i].is_nil()) {
      format_.write("<nil>");
      continue;
    }
    format_.write(values[i].type_name());
    format_.write("=");
    argument(values[i], 'v');
  }
  format_.write(")");
}

}  // namespace rhumb::detail
