#include "rhumb/base/unicode.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>

namespace rhumb::unicode {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

/// Every step-th code point from first to last moves by delta.
struct Delta {
  char32_t first;
  char32_t last;
  std::uint32_t step;
  std::int32_t delta;
};

struct Fold {
  char32_t from;
  char32_t to;
};

#include "unicode_tables.inc"

template <typename Entry>
const Entry* find(std::span<const Entry> table, char32_t rune) {
  const auto at = std::lower_bound(table.begin(), table.end(), rune,
                                   [](const Entry& entry, char32_t wanted) { return entry.last < wanted; });
  return at != table.end() && at->first <= rune ? &*at : nullptr;
}

bool in(std::span<const Range> table, char32_t rune) { return find(table, rune) != nullptr; }

char32_t moved(std::span<const Delta> table, char32_t rune) {
  const Delta* const entry = find(table, rune);
  if (entry == nullptr || (rune - entry->first) % entry->step != 0) return rune;
  return static_cast<char32_t>(static_cast<std::int32_t>(rune) + entry->delta);
}

bool ascii_upper(char32_t rune) { return rune >= 'A' && rune <= 'Z'; }
bool ascii_lower(char32_t rune) { return rune >= 'a' && rune <= 'z'; }

}  // namespace

const std::string_view version = unicode_version;

bool is_letter(char32_t rune) { return rune < 0x80 ? ascii_upper(rune) || ascii_lower(rune) : in(letters, rune); }
bool is_upper(char32_t rune) { return rune < 0x80 ? ascii_upper(rune) : in(uppers, rune); }
bool is_lower(char32_t rune) { return rune < 0x80 ? ascii_lower(rune) : in(lowers, rune); }
bool is_title(char32_t rune) { return in(titles, rune); }
bool is_digit(char32_t rune) { return rune < 0x80 ? rune >= '0' && rune <= '9' : in(digits, rune); }
bool is_number(char32_t rune) { return in(numbers, rune); }
bool is_punct(char32_t rune) { return in(puncts, rune); }
bool is_control(char32_t rune) { return rune < 0x20 || (rune >= 0x7F && rune < 0xA0); }
bool is_space(char32_t rune) { return rune < 0x80 ? rune == ' ' || (rune >= '\t' && rune <= '\r') : in(spaces, rune); }
bool is_print(char32_t rune) { return rune < 0x80 ? rune >= 0x20 && rune < 0x7F : in(prints, rune); }
bool is_graphic(char32_t rune) { return in(graphics, rune); }

char32_t to_upper(char32_t rune) {
  if (rune < 0x80) return ascii_lower(rune) ? rune - 32 : rune;
  return moved(upper_deltas, rune);
}

char32_t to_lower(char32_t rune) {
  if (rune < 0x80) return ascii_upper(rune) ? rune + 32 : rune;
  return moved(lower_deltas, rune);
}

char32_t to_title(char32_t rune) {
  if (rune < 0x80) return ascii_lower(rune) ? rune - 32 : rune;
  return moved(title_deltas, rune);
}

char32_t simple_fold(char32_t rune) {
  const Fold* const at = std::lower_bound(std::begin(folds), std::end(folds), rune,
                                          [](const Fold& fold, char32_t wanted) { return fold.from < wanted; });
  if (at != std::end(folds) && at->from == rune) return at->to;
  const char32_t lower = to_lower(rune);
  return lower != rune ? lower : to_upper(rune);
}

}  // namespace rhumb::unicode
