#include "rhumb/base/strings.h"

#include "rhumb/base/utf8.h"
#include "unit/tsv.h"

namespace rhumb {
namespace {

/// What this code answers to a line of the table.
std::string answer(const test::TsvLine& line) {
  const std::string& name = line.name();
  const std::string& a = line[1];
  const std::string& b = line[2];
  if (name == "trim_space") return std::string(strings::trim_space(a));
  if (name == "trim") return std::string(strings::trim(a, b));
  if (name == "trim_left") return std::string(strings::trim_left(a, b));
  if (name == "trim_right") return std::string(strings::trim_right(a, b));
  if (name == "trim_prefix") return std::string(strings::trim_prefix(a, b));
  if (name == "trim_suffix") return std::string(strings::trim_suffix(a, b));
  if (name == "split_n") return strings::join(strings::split_n(a, b, std::stoi(line[3])), "|");
  if (name == "fields") return strings::join(strings::fields(a), "|");
  if (name == "count") return std::to_string(strings::count(a, b));
  if (name == "replace") return strings::replace(a, b, line[3], std::stoi(line[4]));
  if (name == "to_upper") return strings::to_upper(a);
  if (name == "to_lower") return strings::to_lower(a);
  if (name == "title") return strings::title(a);
  if (name == "equal_fold") return strings::equal_fold(a, b) ? "true" : "false";
  if (name == "to_valid") return utf8::to_valid(a);
  if (name == "rune_count") return std::to_string(utf8::rune_count(a));
  if (name == "decode_last") {
    const utf8::Rune rune = utf8::decode_last(a);
    return std::to_string(static_cast<std::uint32_t>(rune.value)) + " " + std::to_string(rune.width);
  }
  return "no such function: " + name;
}

TEST(Strings, AnswersAsGo) {
  for (const test::TsvLine& line : test::read_tsv("base/strings.tsv")) {
    EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line.name();
  }
}

TEST(Utf8, DecodesAsGo) {
  const auto decoded = [](std::string_view text) { return utf8::decode(text); };
  EXPECT_EQ(decoded("").width, 0U);
  EXPECT_EQ(decoded("\xE6\x97\xA5").value, U'日');
  EXPECT_EQ(decoded("\xF4\x8F\xBF\xBF").value, U'\x10FFFF');
  for (const char* const bad : {"\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                "\xF0\x80\x80\x80", "\x80", "\xFF", "\xE6\x97", "\xE6\x97z"}) {
    EXPECT_TRUE(decoded(bad).invalid()) << bad;
    EXPECT_FALSE(utf8::valid(bad));
  }
  EXPECT_FALSE(decoded("\xEF\xBF\xBD").invalid()) << "a U+FFFD that was written";
}

TEST(Utf8, WritesTheReplacementForWhatIsNoRune) {
  EXPECT_EQ(utf8::encode(0xD800), "\xEF\xBF\xBD");
  EXPECT_EQ(utf8::encode(0x110000), "\xEF\xBF\xBD");
  EXPECT_EQ(utf8::from_runes(utf8::to_runes("a\xFFé")), "a\xEF\xBF\xBDé");
}

}  // namespace
}  // namespace rhumb
