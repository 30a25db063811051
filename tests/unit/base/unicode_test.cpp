#include "rhumb/base/unicode.h"

#include <initializer_list>

#include "unit/tsv.h"

namespace rhumb {
namespace {

std::uint64_t properties(char32_t rune) {
  std::uint64_t bits = 0;
  unsigned at = 0;
  for (const bool holds :
       {unicode::is_letter(rune), unicode::is_upper(rune), unicode::is_lower(rune), unicode::is_title(rune),
        unicode::is_digit(rune), unicode::is_number(rune), unicode::is_punct(rune), unicode::is_space(rune),
        unicode::is_print(rune), unicode::is_graphic(rune), unicode::is_control(rune)}) {
    bits |= static_cast<std::uint64_t>(holds) << at++;
  }
  return bits;
}

TEST(Unicode, EveryCodePointIsAsInGo) {
  std::uint64_t hash = 14695981039346656037ULL;
  char32_t rune = 0;
  for (const test::TsvLine& line : test::read_tsv("base/unicode.tsv")) {
    const auto last = static_cast<char32_t>(std::stoul(line[1]));
    for (; rune <= last; ++rune) {
      for (const std::uint64_t part :
           std::initializer_list<std::uint64_t>{properties(rune), unicode::to_upper(rune), unicode::to_lower(rune),
                                                unicode::to_title(rune), unicode::simple_fold(rune)}) {
        hash = (hash ^ part) * 1099511628211ULL;
      }
    }
    ASSERT_EQ(line.result(), std::to_string(hash)) << "in the block that ends at " << line[1];
  }
  EXPECT_EQ(rune, 0x110000U);
}

}  // namespace
}  // namespace rhumb
