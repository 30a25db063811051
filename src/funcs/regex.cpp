// Regular expressions. The functions without `must` panic over a bad pattern, but for regexMatch, which says false.
#include <algorithm>
#include <array>
#include <string>

#include "funcs/families.h"
#include "funcs/support/text_builder.h"
#include "rhumb/base/regex.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::FunctionError;
using gotmpl::Signature;

using RegexPointer = std::shared_ptr<const Regex>;
using Body = Value (*)(CallContext& context, Args args, const Regex& regex);

/// As regexp.MustCompile, whose panic quotes the pattern.
template <Body body>
Value or_panic(CallContext& context, Args args) {
  const RegexPointer regex = Regex::compile(context.limits, args[0].as_text());
  if (regex->error().empty()) return body(context, args, *regex);
  const std::string& pattern = regex->pattern();
  const std::string shown = can_backquote(pattern) ? "`" + pattern + "`" : quote(pattern);
  throw FunctionError{"regexp: Compile(" + shown + "): " + regex->error()};
}

template <Body body>
Value or_error(CallContext& context, Args args) {
  const RegexPointer regex = Regex::compile(context.limits, args[0].as_text());
  if (!regex->error().empty()) throw FunctionError{regex->error()};
  return body(context, args, *regex);
}

Value match(CallContext&, Args args, const Regex& regex) {
  return Value::boolean(RegexSubject(regex, args[1].as_text()).matches());
}

Value match_or_false(CallContext& context, Args args) {
  const RegexPointer regex = Regex::compile(context.limits, args[0].as_text());
  return regex->error().empty() ? match(context, args, *regex) : Value::boolean(false);
}

Value find(CallContext& context, Args args, const Regex& regex) {
  const std::vector<RegexRange> found = RegexSubject(regex, args[1].as_text()).find_all(1);
  if (found.empty()) return context.string("");
  return part_of(context, args[1], found[0].begin, found[0].end);
}

/// At most `count` matches, all for a negative one. Throws LimitError for too many.
std::vector<RegexRange> find_some(CallContext& context, const Regex& regex, std::string_view text, std::int64_t count) {
  const std::uint64_t limit = context.limits.list_elements;
  const std::uint64_t most = count < 0 ? UINT64_MAX : static_cast<std::uint64_t>(count);
  std::vector<RegexRange> found = RegexSubject(regex, text).find_all(std::min(most, limit + 1));
  if (found.size() > limit) {
    throw LimitError("a list of more than " + std::to_string(limit) + " elements");
  }
  return found;
}

/// `capacity` is that of the slice that Go appends them to.
Value text_list(CallContext& context, const Value& text, const std::vector<RegexRange>& ranges, std::size_t capacity) {
  std::vector<Value> items;
  for (const RegexRange range : ranges) {
    items.push_back(part_of(context, text, range.begin, range.end).with_origin(text.origin()));
  }
  return context.heap.appended_list(items, Type::slice_string, capacity);
}

Value find_all(CallContext& context, Args args, const Regex& regex) {
  const std::vector<RegexRange> found = find_some(context, regex, args[1].as_text(), args[2].as_integer());
  if (found.empty()) return Value::nil_list(Type::slice_string);
  constexpr std::size_t start_size = 10;  // regexp.go
  return text_list(context, args[1], found, start_size);
}

/// As Regexp.Split.
Value split(CallContext& context, Args args, const Regex& regex) {
  const std::int64_t count = args[2].as_integer();
  const std::string_view text = args[1].as_text();
  if (count == 0) return Value::nil_list(Type::slice_string);
  std::vector<RegexRange> parts;
  if (text.empty() && !regex.pattern().empty()) return text_list(context, args[1], {{0, 0}}, 1);
  std::size_t begin = 0;
  std::size_t end = 0;
  const std::vector<RegexRange> matches = find_some(context, regex, text, count);
  for (const RegexRange found : matches) {
    if (count > 0 && parts.size() + 1 >= static_cast<std::size_t>(count)) break;
    end = found.begin;
    if (found.end != 0) parts.push_back({begin, end});
    begin = found.end;
  }
  if (end != text.size()) parts.push_back({begin, text.size()});
  return text_list(context, args[1], parts, matches.size());
}

/// What a $ in a replacement refers to.
struct Reference {
  std::string_view name;
  std::int64_t number = -1;  // -1: a name
  std::string_view rest;     // behind it
  bool ok = false;           // false: the $ stands for itself
};

/// As extract, regexp.go; the $ was taken.
Reference take_reference(std::string_view text) {
  const bool brace = text.starts_with('{');
  if (brace) text.remove_prefix(1);
  std::size_t size = 0;
  while (size < text.size()) {
    const utf8::Rune rune = utf8::decode(text.substr(size));
    if (!unicode::is_letter(rune.value) && !unicode::is_digit(rune.value) && rune.value != '_') break;
    size += rune.width;
  }
  Reference reference;
  reference.name = text.substr(0, size);
  if (size == 0 || (brace && (size >= text.size() || text[size] != '}'))) return reference;
  reference.rest = text.substr(size + (brace ? 1 : 0));
  reference.ok = true;
  const bool leading_zero = size > 1 && text[0] == '0';
  std::int64_t number = 0;
  for (const char c : reference.name) {
    if (c < '0' || c > '9' || number >= 100'000'000) return reference;
    number = number * 10 + (c - '0');
  }
  if (!leading_zero) reference.number = number;
  return reference;
}

/// The group of a reference that took part in the match.
RegexRange referred(const Reference& reference, const Regex& regex, const RegexMatch& match) {
  if (reference.number >= 0) {
    const auto number = static_cast<std::size_t>(reference.number);
    return number < match.size() ? match[number] : RegexRange{};
  }
  for (std::size_t i = 0; i < match.size(); ++i) {
    if (regex.group_names()[i] == reference.name && match[i].found()) return match[i];
  }
  return {};
}

/// As Regexp.expand.
void append_expanded(TextBuilder& out, std::string_view replacement, const Value& text, const Regex& regex,
                     const RegexMatch& match) {
  for (;;) {
    const std::size_t dollar = replacement.find('$');
    out.append(replacement.substr(0, dollar));
    if (dollar == std::string_view::npos) return;
    replacement.remove_prefix(dollar + 1);
    if (replacement.starts_with('$')) {
      out.append("$");
      replacement.remove_prefix(1);
      continue;
    }
    const Reference reference = take_reference(replacement);
    if (!reference.ok) {
      out.append("$");
      continue;
    }
    replacement = reference.rest;
    const RegexRange range = referred(reference, regex, match);
    if (range.found()) out.append(text, range.begin, range.end - range.begin);
  }
}

Value replace(CallContext& context, Args args, const Regex& regex, bool literal) {
  const Value& text = args[1];
  const std::string_view replacement = args[2].as_text();
  const bool expands = !literal && replacement.find('$') != std::string_view::npos;
  TextBuilder out(context);
  std::size_t copied = 0;
  RegexSubject(regex, text.as_text())
      .for_each_replaced(expands ? regex.group_count() + 1 : 1, [&](const RegexMatch& match, bool replaces) {
        out.append(text, copied, match[0].begin - copied);
        copied = match[0].end;
        if (!replaces) return;
        if (expands) {
          append_expanded(out, replacement, text, regex, match);
        } else {
          out.append(args[2]);
        }
      });
  if (copied == 0 && out.size() == 0) return text;
  out.append(text, copied);
  return out.finish();
}

Value replace_all(CallContext& context, Args args, const Regex& regex) { return replace(context, args, regex, false); }

Value replace_all_literal(CallContext& context, Args args, const Regex& regex) {
  return replace(context, args, regex, true);
}

Value quote_meta(CallContext& context, Args args) {
  TextBuilder out(context);
  std::size_t copied = 0;
  const std::string_view text = args[0].as_text();
  constexpr std::string_view special = "\\.+*?()|[]{}^$";
  for (std::size_t at = text.find_first_of(special); at != std::string_view::npos;
       at = text.find_first_of(special, at + 1)) {
    out.append(args[0], copied, at - copied);
    out.append("\\");
    copied = at;
  }
  if (copied == 0 && out.size() == 0) return args[0];
  out.append(args[0], copied);
  return out.finish();
}

constexpr Type text = Type::string;
constexpr Type list = Type::slice_string;
constexpr Type integer = Type::int_;

constexpr auto table = std::to_array<gotmpl::Function>({
    {"regexMatch", Signature::of({text, text}, Type::boolean), match_or_false},
    {"mustRegexMatch", Signature::of({text, text}, Type::boolean), or_error<match>},
    {"regexFind", Signature::of({text, text}, text), or_panic<find>},
    {"mustRegexFind", Signature::of({text, text}, text), or_error<find>},
    {"regexFindAll", Signature::of({text, text, integer}, list), or_panic<find_all>},
    {"mustRegexFindAll", Signature::of({text, text, integer}, list), or_error<find_all>},
    {"regexReplaceAll", Signature::of({text, text, text}, text), or_panic<replace_all>},
    {"mustRegexReplaceAll", Signature::of({text, text, text}, text), or_error<replace_all>},
    {"regexReplaceAllLiteral", Signature::of({text, text, text}, text), or_panic<replace_all_literal>},
    {"mustRegexReplaceAllLiteral", Signature::of({text, text, text}, text), or_error<replace_all_literal>},
    {"regexSplit", Signature::of({text, text, integer}, list), or_panic<split>},
    {"mustRegexSplit", Signature::of({text, text, integer}, list), or_error<split>},
    {"regexQuoteMeta", Signature::of({text}, text), quote_meta},
});

}  // namespace

const std::span<const gotmpl::Function> regex_functions = table;

}  // namespace rhumb::funcs
