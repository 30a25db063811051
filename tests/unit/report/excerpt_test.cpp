#include "report/excerpt.h"

#include <gtest/gtest.h>

#include "report/escape.h"
#include "rhumb/base/utf8.h"
#include "unit/report/cases.h"

namespace rhumb::report::test {
namespace {

/// "text|marks" of the first place where the part stands in the line.
std::string excerpt_of(std::string_view line, std::string_view part, std::size_t width = 200) {
  Case test("excerpt");
  const FileId file = test.sources.add("a.yaml", std::string(line));
  const std::optional<Excerpt> shown =
      excerpt(View(test.outcome, test.sources, test.options), test.span(file, part), width);
  return shown->text + "|" + shown->marks;
}

TEST(Excerpt, MarksThePlace) {
  EXPECT_EQ(excerpt_of("a: b\n", "b"), "a: b|   ^");
  EXPECT_EQ(excerpt_of("a: bcd\n", "bcd"), "a: bcd|   ^~~");
  EXPECT_EQ(excerpt_of("a: bcd\r\ne: f\n", "bcd\r\ne: f"), "a: bcd|   ^~~");
  EXPECT_EQ(excerpt_of("", ""), "|^");
  EXPECT_EQ(excerpt_of("a:", ""), "a:|^");
}

TEST(Excerpt, MarksAlignWithWhatIsShown) {
  EXPECT_EQ(excerpt_of("\x1b: b", "b"), "\\x1b: b|      ^");
  EXPECT_EQ(excerpt_of("a\x1b: b", "\x1b"), "a\\x1b: b| ^~~~");
  EXPECT_EQ(excerpt_of("日: 本x", "本"), "日: 本x|    ^~");
  EXPECT_EQ(excerpt_of("\xff: b", "b"), "\\xff: b|      ^");
}

TEST(Excerpt, CutsAroundThePlace) {
  const std::string line = std::string(100, 'a') + "HERE" + std::string(100, 'b');
  const std::string shown = excerpt_of(line, "HERE", 30);
  EXPECT_EQ(shown, "…aaaaaaaaaaaaaaaaaaHEREbbbbbb…|                   ^~~~");
  EXPECT_EQ(excerpt_of(line, "a", 20), "aaaaaaaaaaaaaaaaaa…|^");
  EXPECT_EQ(excerpt_of("x" + line + "END", "END", 20), "…bbbbbbbbbbbbbbbEND|                ^~~");
}

TEST(Excerpt, FitsTheWidth) {
  for (const std::string_view unit : {"a", "ö", "日", "\x1b", "e\xCC\x81", "\xff", "\t"}) {
    std::string line;
    for (int i = 0; i < 500; ++i) line += unit;
    Case test("width");
    const FileId file = test.sources.add("a.yaml", line);
    const View view(test.outcome, test.sources, test.options);
    for (std::uint32_t at = 0; at < 500 * unit.size(); at += static_cast<std::uint32_t>(37 * unit.size())) {
      for (const std::size_t width : {20U, 33U, 80U}) {
        const Excerpt shown = *excerpt(view, {file, at, at + 1}, width);
        EXPECT_LE(display_width(shown.text), width) << printable(unit) << at;
        EXPECT_LE(shown.marks.find('^'), width) << printable(unit) << at;
        EXPECT_TRUE(utf8::valid(shown.text));
      }
    }
  }
}

TEST(Excerpt, IsFastOnHugeLines) {
  Case test("huge");
  const FileId file = test.sources.add("a.yaml", std::string(50'000'000, 'x'));
  const View view(test.outcome, test.sources, test.options);
  EXPECT_EQ(excerpt(view, {file, 25'000'000, 25'000'001}, 40)->text.size(), 38 + 2 * std::string_view("…").size());
}

TEST(Shortened, CutsByColumns) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abcde…");
  EXPECT_EQ(shortened("日本語日本語", 6), "日本…");
  EXPECT_EQ(shortened("", 6), "");
}

}  // namespace
}  // namespace rhumb::report::test
