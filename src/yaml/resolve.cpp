#include "resolve.h"

#include <algorithm>
#include <array>
#include <limits>

#include "rhumb/value/go_number.h"

namespace rhumb::yaml {
namespace {

struct Word {
  std::string_view text;
  ScalarType type;
  double value;
};

// resolveMap of go-yaml v2: the exact spellings, nothing between.
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<Word, 39> words{{
    {"y", ScalarType::boolean, 1},
    {"Y", ScalarType::boolean, 1},
    {"yes", ScalarType::boolean, 1},
    {"Yes", ScalarType::boolean, 1},
    {"YES", ScalarType::boolean, 1},
    {"true", ScalarType::boolean, 1},
    {"True", ScalarType::boolean, 1},
    {"TRUE", ScalarType::boolean, 1},
    {"on", ScalarType::boolean, 1},
    {"On", ScalarType::boolean, 1},
    {"ON", ScalarType::boolean, 1},
    {"n", ScalarType::boolean, 0},
    {"N", ScalarType::boolean, 0},
    {"no", ScalarType::boolean, 0},
    {"No", ScalarType::boolean, 0},
    {"NO", ScalarType::boolean, 0},
    {"false", ScalarType::boolean, 0},
    {"False", ScalarType::boolean, 0},
    {"FALSE", ScalarType::boolean, 0},
    {"off", ScalarType::boolean, 0},
    {"Off", ScalarType::boolean, 0},
    {"OFF", ScalarType::boolean, 0},
    {"", ScalarType::null, 0},
    {"~", ScalarType::null, 0},
    {"null", ScalarType::null, 0},
    {"Null", ScalarType::null, 0},
    {"NULL", ScalarType::null, 0},
    {".nan", ScalarType::floating, not_a_number},
    {".NaN", ScalarType::floating, not_a_number},
    {".NAN", ScalarType::floating, not_a_number},
    {".inf", ScalarType::floating, infinity},
    {".Inf", ScalarType::floating, infinity},
    {".INF", ScalarType::floating, infinity},
    {"+.inf", ScalarType::floating, infinity},
    {"+.Inf", ScalarType::floating, infinity},
    {"+.INF", ScalarType::floating, infinity},
    {"-.inf", ScalarType::floating, -infinity},
    {"-.Inf", ScalarType::floating, -infinity},
    {"-.INF", ScalarType::floating, -infinity},
}};

enum class Hint : std::uint8_t { none, word, dot, number };

constexpr std::array<Hint, 256> make_hints() {
  std::array<Hint, 256> hints{};
  for (const char c : std::string_view("yYnNtTfFoO~")) hints[static_cast<unsigned char>(c)] = Hint::word;
  for (const char c : std::string_view("+-0123456789")) hints[static_cast<unsigned char>(c)] = Hint::number;
  hints['.'] = Hint::dot;
  return hints;
}

constexpr std::array<Hint, 256> hints = make_hints();

Hint hint_of(std::string_view text) { return text.empty() ? Hint::word : hints[static_cast<unsigned char>(text[0])]; }

Resolved of_type(ScalarType type) {
  Resolved resolved;
  resolved.type = type;
  return resolved;
}

Resolved of_integer(std::int64_t value) {
  Resolved resolved = of_type(ScalarType::integer);
  resolved.integer = value;
  return resolved;
}

Resolved of_unsigned(std::uint64_t value) {
  Resolved resolved = of_type(ScalarType::unsigned_integer);
  resolved.unsigned_integer = value;
  return resolved;
}

Resolved of_floating(double value) {
  Resolved resolved = of_type(ScalarType::floating);
  resolved.floating = value;
  return resolved;
}

bool find_word(std::string_view text, Resolved& resolved) {
  if (text.size() > 5) return false;
  const auto* const word = std::find_if(words.begin(), words.end(), [text](const Word& w) { return w.text == text; });
  if (word == words.end()) return false;
  resolved.type = word->type;
  if (word->type == ScalarType::boolean) {
    resolved.boolean = word->value != 0;
  } else {
    resolved.floating = word->value;
  }
  return true;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$
bool has_float_form(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = skip_digits(text, at);
  const bool has_whole = whole > at;
  at = whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skip_digits(text, at + 1);
    if (!has_whole && end == at + 1) return false;
    at = end;
  } else if (!has_whole) {
    return false;
  }
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  return at < text.size() && skip_digits(text, at) == text.size();
}

// Short decimal integers, which are most of all numbers.
bool read_small_integer(std::string_view text, std::int64_t& value) {
  if (text.empty() || text.size() > 18 || (text[0] == '0' && text.size() > 1)) return false;
  std::int64_t sum = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    sum = sum * 10 + (c - '0');
  }
  value = sum;
  return true;
}

bool may_be_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
           std::string_view("+-._xXoO").find(c) != std::string_view::npos;
  });
}

Resolved resolve_number(std::string_view text) {
  std::int64_t small = 0;
  if (read_small_integer(text, small)) return of_integer(small);
  if (!may_be_number(text)) return of_type(ScalarType::string);
  std::string plain(text);
  plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
  if (const auto parsed = parse_int(plain, 0)) return of_integer(parsed.value);
  if (const auto parsed = parse_uint(plain, 0)) return of_unsigned(parsed.value);
  if (has_float_form(plain)) {
    if (const auto parsed = parse_float(plain)) return of_floating(parsed.value);
  }
  // What ParseInt with base 0 refuses: a sign behind the prefix.
  const std::string_view view(plain);
  if (view.starts_with("0b")) {
    if (const auto parsed = parse_int(view.substr(2), 2)) return of_integer(parsed.value);
    if (const auto parsed = parse_uint(view.substr(2), 2)) return of_unsigned(parsed.value);
  } else if (view.starts_with("-0b")) {
    if (const auto parsed = parse_int("-" + plain.substr(3), 2)) return of_integer(parsed.value);
  }
  return of_type(ScalarType::string);
}

Resolved resolve_dot(std::string_view text) {
  if (const auto parsed = parse_float(text)) return of_floating(parsed.value);
  return of_type(ScalarType::string);
}

Resolved resolve_with(std::string_view text, bool timestamps) {
  Resolved resolved;
  const Hint hint = hint_of(text);
  if (hint == Hint::none) return resolved;
  if (find_word(text, resolved)) return resolved;
  if (hint == Hint::dot) return resolve_dot(text);
  if (hint == Hint::word) return resolved;
  if (timestamps && is_timestamp(text)) return of_type(ScalarType::timestamp);
  return resolve_number(text);
}

std::string_view tag_of(ScalarType type) {
  switch (type) {
    case ScalarType::null: return "!!null";
    case ScalarType::boolean: return "!!bool";
    case ScalarType::integer:
    case ScalarType::unsigned_integer: return "!!int";
    case ScalarType::floating: return "!!float";
    case ScalarType::timestamp: return "!!timestamp";
    default: return "!!str";
  }
}

bool is_resolvable(std::string_view tag) {
  return tag == "!!bool" || tag == "!!int" || tag == "!!float" || tag == "!!null" || tag == "!!timestamp";
}

// YAML 1.2 octals: go-yaml v3 strips the prefix itself, so that a sign may follow it.
bool is_v3_octal(std::string_view text) {
  if (!text.starts_with("0o") && !text.starts_with("-0o")) return false;
  std::string plain(text);
  plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
  if (plain[0] == '-') return static_cast<bool>(parse_int("-" + plain.substr(3), 8));
  return parse_int(plain.substr(2), 8) || parse_uint(plain.substr(2), 8);
}

}  // namespace

Resolved resolve_plain(std::string_view text) { return resolve_with(text, true); }

Resolved resolve_tagged(std::string_view tag, std::string_view text, std::string& error) {
  if (tag == string_tag) return of_type(ScalarType::string);
  if (tag == binary_tag) return of_type(ScalarType::binary);
  const std::string wanted = short_tag(tag);
  if (!tag.starts_with(tag_prefix) || !is_resolvable(wanted)) return of_type(ScalarType::other);
  Resolved resolved = resolve_with(text, wanted == "!!timestamp");
  const std::string_view found = tag_of(resolved.type);
  if (found == wanted) return resolved;
  if (wanted == "!!float" && resolved.type == ScalarType::integer) {
    return of_floating(static_cast<double>(resolved.integer));
  }
  error.append("cannot decode ").append(found).append(" `").append(text).append("` as a ").append(wanted);
  return resolved;
}

bool plain_is_string(std::string_view text) {
  const Hint hint = hint_of(text);
  if (hint == Hint::none) return true;
  return resolve_plain(text).type == ScalarType::string && !(hint == Hint::number && is_base60(text));
}

bool plain_is_string_v3(std::string_view text) { return plain_is_string(text) && !is_v3_octal(text); }

std::string short_tag(std::string_view tag) {
  if (!tag.starts_with(tag_prefix)) return std::string(tag);
  return "!!" + std::string(tag.substr(tag_prefix.size()));
}

// ^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$
bool is_base60(std::string_view text) {
  const auto is_place = [](char c) { return is_digit(c) || c == '_'; };
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  if (at == text.size() || !is_digit(text[at])) return false;
  while (at < text.size() && is_place(text[at])) ++at;
  bool any = false;
  while (at < text.size() && text[at] == ':') {
    const std::size_t end = skip_digits(text, at + 1);
    const std::size_t width = end - at - 1;
    if (width < 1 || width > 2 || (width == 2 && text[at + 1] > '5')) return false;
    at = end;
    any = true;
  }
  if (!any) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && is_place(text[at])) ++at;
  }
  return at == text.size();
}

std::string float_key(double value) {
  std::string text = format_float(value, 'g', -1, 32);
  if (text == "+Inf") return ".inf";
  if (text == "-Inf") return "-.inf";
  return text == "NaN" ? ".nan" : text;
}

}  // namespace rhumb::yaml
