// Strings: sprig's functions that cut, pad, quote and search text. They count bytes wherever Go's slices do, so that a
// cut may go through a character.
#include "rhumb/base/strings.h"

#include <algorithm>
#include <array>
#include <string>

#include "funcs/families.h"
#include "funcs/support/text_builder.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"
#include "rhumb/value/go_print.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;

// --- quoting and joining -------------------------------------------------------------------------------------------

/// The text of an argument between two delimiters. A text that needs no escapes keeps its trace.
void append_delimited(TextBuilder& out, const Value& value, std::string_view text, bool as_it_is, char delimiter) {
  out.append(std::string_view(&delimiter, 1));
  if (as_it_is && value.is_string()) {
    out.append(value);
  } else {
    out.append(text);
  }
  out.append(std::string_view(&delimiter, 1));
}

Value quote_all(CallContext& context, Args args) {
  TextBuilder out(context);
  for (const Value& arg : args) {
    if (arg.is_nil()) continue;
    if (out.size() > 0) out.append(" ");
    const std::string text = strval(arg, context.limits.output_bytes);
    const std::string quoted = quote(text);
    const std::string_view inner = std::string_view(quoted).substr(1, quoted.size() - 2);
    append_delimited(out, arg, inner, inner == text, '"');
  }
  return out.finish();
}

Value squote_all(CallContext& context, Args args) {
  TextBuilder out(context);
  for (const Value& arg : args) {
    if (arg.is_nil()) continue;
    if (out.size() > 0) out.append(" ");
    append_delimited(out, arg, arg.is_string() ? "" : sprint(arg, context.limits.output_bytes), true, '\'');
  }
  return out.finish();
}

Value cat(CallContext& context, Args args) {
  TextBuilder out(context);
  bool first = true;
  for (const Value& arg : args) {
    if (arg.is_nil()) continue;
    if (!first) out.append(" ");
    first = false;
    if (arg.is_string()) {
      out.append(arg);
    } else {
      out.append(sprint(arg, context.limits.output_bytes));
    }
  }
  return out.finish();
}

Value to_string(CallContext& context, Args args) {
  if (args[0].is_string()) return args[0];
  return context.string(strval(args[0], context.limits.output_bytes));
}

Value hello(CallContext& context, Args) { return context.string("Hello!"); }

// --- padding -------------------------------------------------------------------------------------------------------

// Where Go's allocator gives up on amd64 whatever memory there is.
constexpr std::uint64_t largest_allocation = std::uint64_t{1} << 48;

/// The size of a repeated string, with the panics of strings.Repeat.
std::size_t repeated_size(const Limits& limits, std::size_t size, std::int64_t count) {
  if (count < 0) throw FunctionError{"strings: negative Repeat count"};
  const auto times = static_cast<std::uint64_t>(count);
  if (size == 0 || times <= 1) return size * times;
  if (times > static_cast<std::uint64_t>(INT64_MAX) / size) {
    throw FunctionError{"strings: Repeat output length overflow"};
  }
  if (size * times > largest_allocation) throw FunctionError{"runtime error: makeslice: len out of range"};
  check_text_size(limits, size * times);
  return size * times;
}

Value repeat(CallContext& context, Args args) {
  const std::string_view part = args[1].as_text();
  const std::size_t size = repeated_size(context.limits, part.size(), args[0].as_integer());
  if (size == part.size()) return args[1];
  TextBuilder out(context);
  out.append_repeated(part, part.empty() ? 0 : size / part.size());
  return out.finish();
}

void append_indented(TextBuilder& out, CallContext& context, const Value& count, const Value& text) {
  const std::size_t width = repeated_size(context.limits, 1, count.as_integer());
  const std::string_view all = text.as_text();
  out.append_repeated(" ", width);
  for (std::size_t from = 0;;) {
    const std::size_t line_end = all.find('\n', from);
    if (line_end == std::string_view::npos) return out.append(text, from);
    out.append(text, from, line_end + 1 - from);
    out.append_repeated(" ", width);
    from = line_end + 1;
  }
}

Value indent(CallContext& context, Args args) {
  TextBuilder out(context);
  append_indented(out, context, args[0], args[1]);
  return out.finish();
}

Value nindent(CallContext& context, Args args) {
  TextBuilder out(context);
  out.append("\n");
  append_indented(out, context, args[0], args[1]);
  return out.finish();
}

// --- cutting -------------------------------------------------------------------------------------------------------

Value trunc(CallContext& context, Args args) {
  const std::int64_t count = args[0].as_integer();
  const auto size = static_cast<std::int64_t>(args[1].as_text().size());
  if (count < 0 && size + count > 0) {
    return part_of(context, args[1], static_cast<std::size_t>(size + count), args[1].as_text().size());
  }
  if (count >= 0 && size > count) return part_of(context, args[1], 0, static_cast<std::size_t>(count));
  return args[1];
}

[[noreturn]] void out_of_range(const std::string& bounds) {
  throw FunctionError{"runtime error: slice bounds out of range [" + bounds};
}

Value substr(CallContext& context, Args args) {
  std::int64_t start = args[0].as_integer();
  std::int64_t end = args[1].as_integer();
  const auto size = static_cast<std::int64_t>(args[2].as_text().size());
  if (start < 0) {
    if (end < 0) out_of_range(":" + std::to_string(end) + "]");
    if (end > size) out_of_range(":" + std::to_string(end) + "] with length " + std::to_string(size));
    start = 0;
  } else if (end < 0 || end > size) {
    end = size;
  }
  if (start > end) out_of_range(std::to_string(start) + ":" + std::to_string(end) + "]");
  return part_of(context, args[2], static_cast<std::size_t>(start), static_cast<std::size_t>(end));
}

/// As goutils.AbbreviateFull, for a width of at least 4. `offset`: what has to be seen of the text.
Value abbreviate(CallContext& context, const Value& text, std::int64_t offset, std::int64_t width) {
  const auto size = static_cast<std::int64_t>(text.as_text().size());
  if (size <= width) return text;
  const std::int64_t kept = width - 3;
  offset = std::min(offset, size);
  // The difference wraps, for an offset far below zero.
  const auto behind = static_cast<std::int64_t>(static_cast<std::uint64_t>(size) - static_cast<std::uint64_t>(offset));
  if (behind < kept) offset = size - kept;
  if (offset > 4 && width < 7) return context.string("");
  TextBuilder out(context);
  if (offset <= 4) {
    out.append(text, 0, static_cast<std::size_t>(kept));
    out.append("...");
  } else if (offset + kept < size) {
    out.append("...");
    out.append(text, static_cast<std::size_t>(offset), static_cast<std::size_t>(kept - 3));
    out.append("...");
  } else {
    out.append("...");
    out.append(text, static_cast<std::size_t>(size - kept));
  }
  return out.finish();
}

Value abbrev(CallContext& context, Args args) {
  const std::int64_t width = args[0].as_integer();
  return width < 4 ? args[1] : abbreviate(context, args[1], 0, width);
}

Value abbrevboth(CallContext& context, Args args) {
  const std::int64_t left = args[0].as_integer();
  const std::int64_t right = args[1].as_integer();
  if (right < 4 || (left > 0 && right < 7)) return args[2];
  return abbreviate(context, args[2], left, right);
}

Value trim(CallContext& context, Args args) {
  return part_of(context, args[0], strings::trim_space(args[0].as_text()));
}

Value trim_all(CallContext& context, Args args) {
  return part_of(context, args[1], strings::trim(args[1].as_text(), args[0].as_text()));
}

Value trim_prefix(CallContext& context, Args args) {
  return part_of(context, args[1], strings::trim_prefix(args[1].as_text(), args[0].as_text()));
}

Value trim_suffix(CallContext& context, Args args) {
  return part_of(context, args[1], strings::trim_suffix(args[1].as_text(), args[0].as_text()));
}

bool is_space_byte(char c) { return unicode::is_space(static_cast<unsigned char>(c)); }

// goutils takes every byte for a character of its own: what is not ASCII comes out mangled.
Value nospace(CallContext& context, Args args) {
  const std::string_view text = args[0].as_text();
  if (std::none_of(text.begin(), text.end(), is_space_byte)) return args[0];
  std::string out;
  for (const char c : text) {
    if (!is_space_byte(c)) utf8::append(out, static_cast<unsigned char>(c));
  }
  return context.string(out);
}

Value initials(CallContext& context, Args args) {
  std::string out;
  bool in_word = false;
  for (const char c : args[0].as_text()) {
    const bool space = is_space_byte(c);
    if (!space && !in_word) utf8::append(out, static_cast<unsigned char>(c));
    in_word = !space;
  }
  return context.string(out);
}

// --- wrapping ------------------------------------------------------------------------------------------------------

/// As goutils.WrapCustom: lines of at most `width` bytes, broken at blanks; longer words stay whole or are cut.
Value wrap_text(CallContext& context, const Value& value, std::int64_t asked, std::string_view separator, bool cut) {
  const std::string_view text = value.as_text();
  const std::size_t width = asked < 1 ? 1 : static_cast<std::size_t>(asked);
  if (separator.empty()) separator = "\n";
  TextBuilder out(context);
  std::size_t at = 0;
  while (text.size() - at > width) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const std::size_t last_blank = text.substr(at, width + 1).rfind(' ');
    std::size_t end = at + width;
    std::size_t next = end;
    if (last_blank != std::string_view::npos) {
      end = at + last_blank;
      next = end + 1;
    } else if (!cut) {
      end = text.find(' ', end);
      if (end == std::string_view::npos) break;
      next = end + 1;
    }
    out.append(value, at, end - at);
    out.append(separator);
    at = next;
  }
  out.append(value, at);
  return out.finish();
}

Value wrap(CallContext& context, Args args) { return wrap_text(context, args[1], args[0].as_integer(), "", false); }

Value wrap_with(CallContext& context, Args args) {
  return wrap_text(context, args[2], args[0].as_integer(), args[1].as_text(), true);
}

// --- searching and replacing ---------------------------------------------------------------------------------------

void append_between_runes(TextBuilder& out, const Value& text, const Value& with) {
  out.append(with);
  std::size_t at = 0;
  for (const utf8::Rune rune : utf8::Runes(text.as_text())) {
    out.append(text, at, rune.width);
    out.append(with);
    at += rune.width;
  }
}

Value replace(CallContext& context, Args args) {
  const std::string_view old = args[0].as_text();
  const std::string_view text = args[2].as_text();
  TextBuilder out(context);
  if (old.empty()) {
    append_between_runes(out, args[2], args[1]);
    return out.finish();
  }
  std::size_t from = 0;
  for (std::size_t at = text.find(old); at != std::string_view::npos; at = text.find(old, from)) {
    out.append(args[2], from, at - from);
    out.append(args[1]);
    from = at + old.size();
  }
  if (from == 0) return args[2];
  out.append(args[2], from);
  return out.finish();
}

Value contains(CallContext&, Args args) {
  return Value::boolean(strings::contains(args[1].as_text(), args[0].as_text()));
}

Value has_prefix(CallContext&, Args args) {
  return Value::boolean(strings::has_prefix(args[1].as_text(), args[0].as_text()));
}

Value has_suffix(CallContext&, Args args) {
  return Value::boolean(strings::has_suffix(args[1].as_text(), args[0].as_text()));
}

Value plural(CallContext&, Args args) { return args[2].as_integer() == 1 ? args[0] : args[1]; }

// The text of a number that is too large gives the largest one: the error is dropped, not the value.
Value to_int(CallContext&, Args args) { return Value::integer(atoi(args[0].as_text()).value); }

constexpr Type any = Type::interface;
constexpr Type text = Type::string;

constexpr auto table = std::to_array<gotmpl::Function>({
    {"quote", Signature::variadic_of({any}, text), quote_all},
    {"squote", Signature::variadic_of({any}, text), squote_all},
    {"cat", Signature::variadic_of({any}, text), cat},
    {"toString", Signature::of({any}, text), to_string},
    {"hello", Signature::of({}, text), hello},
    {"repeat", Signature::of({Type::int_, text}, text), repeat},
    {"indent", Signature::of({Type::int_, text}, text), indent},
    {"nindent", Signature::of({Type::int_, text}, text), nindent},
    {"trunc", Signature::of({Type::int_, text}, text), trunc},
    {"substr", Signature::of({Type::int_, Type::int_, text}, text), substr},
    {"abbrev", Signature::of({Type::int_, text}, text), abbrev},
    {"abbrevboth", Signature::of({Type::int_, Type::int_, text}, text), abbrevboth},
    {"trim", Signature::of({text}, text), trim},
    {"trimAll", Signature::of({text, text}, text), trim_all},
    {"trimall", Signature::of({text, text}, text), trim_all},
    {"trimPrefix", Signature::of({text, text}, text), trim_prefix},
    {"trimSuffix", Signature::of({text, text}, text), trim_suffix},
    {"nospace", Signature::of({text}, text), nospace},
    {"initials", Signature::of({text}, text), initials},
    {"wrap", Signature::of({Type::int_, text}, text), wrap},
    {"wrapWith", Signature::of({Type::int_, text, text}, text), wrap_with},
    {"replace", Signature::of({text, text, text}, text), replace},
    {"contains", Signature::of({text, text}, Type::boolean), contains},
    {"hasPrefix", Signature::of({text, text}, Type::boolean), has_prefix},
    {"hasSuffix", Signature::of({text, text}, Type::boolean), has_suffix},
    {"plural", Signature::of({text, text, Type::int_}, text), plural},
    {"atoi", Signature::of({text}, Type::int_), to_int},
});

}  // namespace

const std::span<const gotmpl::Function> string_functions = table;

}  // namespace rhumb::funcs
