#include "base/regex_unicode.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "rhumb/base/utf8.h"

namespace rhumb::regex {
namespace {

struct ClassName {
  std::string_view canonical;
  std::string_view name;
};

struct ClassRange {
  char32_t first;
  char32_t last;
};

#include "regex_classes.inc"

constexpr ClassRange ascii_ranges[] = {{0, 0x7F}};

constexpr auto posix_names =
    std::to_array<std::string_view>({"alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print",
                                     "punct", "space", "upper", "word", "xdigit"});

/// As canonicalName of regexp/syntax.
std::string canonical_name(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c == '_' || c == '-' || c == ' ') continue;
    if (out.empty() && c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 32);
    else if (!out.empty() && c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
    out += c;
  }
  return out;
}

/// The classes that RE2 lacks or counts otherwise: "C" without the unassigned, for one.
std::span<const ClassRange> own_ranges(std::string_view name) {
  if (name == "C") return other_ranges;
  if (name == "Cn" || name == "Assigned") return unassigned_ranges;
  if (name == "LC") return cased_ranges;
  if (name == "ASCII") return ascii_ranges;
  return {};
}

void append_range(std::string& out, char32_t first, char32_t last) {
  append_regex_rune(out, first);
  if (last == first) return;
  out += '-';
  append_regex_rune(out, last);
}

void append_ranges(std::string& out, std::span<const ClassRange> ranges, bool negative) {
  char32_t next = 0;
  for (const ClassRange range : ranges) {
    if (!negative)
      append_range(out, range.first, range.last);
    else if (next < range.first)
      append_range(out, next, range.first - 1);
    next = range.last + 1;
  }
  if (negative && next <= utf8::max_rune) append_range(out, next, utf8::max_rune);
}

}  // namespace

bool is_posix_class(std::string_view name) {
  name = name.substr(2, name.size() - 4);
  if (name.starts_with('^')) name.remove_prefix(1);
  return std::find(posix_names.begin(), posix_names.end(), name) != posix_names.end();
}

void append_regex_rune(std::string& out, char32_t rune) {
  const bool plain = (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z') ||
                     rune == '_' || rune == ' ' || (rune >= 0x80 && utf8::valid_rune(rune));
  if (plain) return utf8::append(out, rune);
  out += "\\x{";
  int shift = 20;
  while (shift > 0 && rune >> shift == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) out += "0123456789ABCDEF"[rune >> shift & 15];
  out += '}';
}

bool append_unicode_class(std::string& out, std::string_view asked, bool negative, bool in_brackets) {
  const std::string canonical = canonical_name(asked);
  const auto* const at =
      std::lower_bound(std::begin(class_names), std::end(class_names), canonical,
                       [](const ClassName& name, const std::string& wanted) { return name.canonical < wanted; });
  if (at == std::end(class_names) || at->canonical != canonical) return false;
  const std::span<const ClassRange> ranges = own_ranges(at->name);
  if (ranges.empty()) {
    out.append(negative ? "\\P{" : "\\p{").append(at->name).append("}");
    return true;
  }
  if (!in_brackets) out += '[';
  append_ranges(out, ranges, negative != (at->name == "Assigned"));
  if (!in_brackets) out += ']';
  return true;
}

}  // namespace rhumb::regex
