#include "report/redactor.h"

#include <gtest/gtest.h>

#include "unit/report/cases.h"

namespace rhumb::report::test {
namespace {

/// The whole text with the given parts sensitive.
std::string redacted(std::string_view text, const std::vector<std::string_view>& parts) {
  Case test("redacted");
  const FileId file = test.sources.add("a.yaml", std::string(text));
  for (const std::string_view part : parts) test.outcome.sensitive.push_back(test.span(file, part));
  return Redactor(test.outcome, test.sources).source(file, 0, static_cast<std::uint32_t>(text.size()));
}

TEST(Redactor, MasksByPlace) {
  EXPECT_EQ(redacted("a: hunter2\nb: hunter2\n", {"hunter2"}), "a: h******\nb: hunter2\n");  // too short for a literal
  EXPECT_EQ(redacted("nothing here", {}), "nothing here");
}

TEST(Redactor, MasksByText) {
  EXPECT_EQ(redacted("a: 'correct horse'\nb: xcorrect horsex\n", {"'correct horse'"}),
            "a: 'cor**********'\nb: xcor**********x\n");
}

TEST(Redactor, MasksEveryLineOfAKey) {
  EXPECT_EQ(redacted("k: |\n  abcdefghijklmnop\n  abcdefghijklmnop2\n", {"  abcdefghijklmnop\n  abcdefghijklmnop2\n"}),
            "k: |\n  abcd************\n  *****************\n");
}

TEST(Redactor, JoinsWhatOverlaps) {
  EXPECT_EQ(redacted("abcdefghijklmnopqrstuvwx", {"abcdefghijklmnop", "ijklmnopqrstuvwx"}), "abcd********************");
}

TEST(Redactor, CountsCharacters) {
  EXPECT_EQ(redacted("größergrößergröße", {"größergrößergröße"}), "größ*************");
}

TEST(Redactor, MasksTheVisiblePartOfACutText) {
  Case test("cut");
  const FileId file = test.sources.add("a.yaml", "x: abcdefghijklmnop\ny: abcdefghijklmnop\n");
  test.outcome.sensitive = {test.span(file, "abcdefghijklmnop")};
  const Redactor redactor(test.outcome, test.sources);
  EXPECT_EQ(redactor.source(file, 3, 13), "abcd******");
  EXPECT_EQ(redactor.source(file, 23, 33), "abcd******");  // of the other line, known by its text alone
  EXPECT_EQ(redactor.source(file, 30, 45), "*********\n");
}

TEST(Redactor, MasksOtherTexts) {
  Case test("texts");
  const FileId file = test.sources.add("a.yaml", "x: abcdefghijklmnop\n");
  test.add(plaintext_secret, "x").sensitive = {test.span(file, "abcdefghijklmnop"), Span{}, {file, 900, 901}};
  const Redactor redactor(test.outcome, test.sources);
  EXPECT_EQ(redactor.text("it is abcdefghijklmnop, abcdefghijklmnop"), "it is abcd************, abcd************");
  EXPECT_EQ(redactor.text("abcdefgh"), "abcdefgh");
}

}  // namespace
}  // namespace rhumb::report::test
