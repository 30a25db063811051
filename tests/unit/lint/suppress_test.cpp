// Which comments are comments, and what they count for.
#include "lint/suppress.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace rhumb::lint {
namespace {

/// For each comment the rules, the reason and the lines that it counts for: "a,b|reason|3-5".
std::string found(std::string_view text) {
  std::string out;
  for (const IgnoreComment& comment : find_ignore_comments(1, text)) {
    for (const std::string& rule : comment.rules) out += rule + ",";
    out += "|" + comment.reason + "|";
    if (comment.whole_file) {
      out += "file ";
      continue;
    }
    const auto line = [&](std::uint32_t at) {
      return std::to_string(std::count(text.begin(), text.begin() + at, '\n') + 1);
    };
    out += line(comment.begin) + "-" + line(comment.end) + " ";
  }
  return out;
}

TEST(IgnoreComments, Lines) {
  EXPECT_EQ("a,|why|1-1 ", found("x: 1 # rhumb: ignore[a] why\ny: 2\n"));
  EXPECT_EQ("a,b,|two words|2-2 ", found("# rhumb: ignore[a, b] two words\nx: 1\ny: 2\n"));
  EXPECT_EQ("a,|r|3-3 ", found("# rhumb: ignore[a] r\n# another comment\nx: 1\n"));
  EXPECT_EQ("a,||2-2 ", found("# rhumb: ignore[a]\nx: 1\n"));
}

TEST(IgnoreComments, Blocks) {
  EXPECT_EQ("a,|r|2-5 ", found("# rhumb: ignore[a] r\nx:\n  y: 1\n\n  z: 2\nw: 3\n"));
  EXPECT_EQ("a,|r|1-3 ", found("x: # rhumb: ignore[a] r\n  - 1\n  - 2\ny: 1\n"));
  EXPECT_EQ("a,|r|2-3 ", found("# rhumb: ignore[a] r\n- name: x\n  image: y\n- name: z\n"));
}

TEST(IgnoreComments, ActionsOfTemplatesEndNoBlock) {
  EXPECT_EQ("a,|r|2-5 ",
            found("{{- /* rhumb: ignore[a] r */}}\nspec:\n{{- with .x }}\n  y: {{ . }}\n{{- end }}\nz: 1\n"));
  EXPECT_EQ("a,|r|2-2 ", found("{{/* rhumb: ignore[a] r */}}\nkind: X\n"));
}

TEST(IgnoreComments, WholeFiles) {
  EXPECT_EQ("a,|generated|file ", found("x: 1\n# rhumb: ignore-file[a] generated\n"));
}

TEST(IgnoreComments, TextIsNoComment) {
  EXPECT_EQ("", found("x: \"rhumb: ignore[a] r\"\n"));
  EXPECT_EQ("", found("# rhumb: ignore a\n"));
  EXPECT_EQ("", found("# rhumb: ignored[a] r\n"));
  EXPECT_EQ("", found("# rhumb: ignore[a r\n"));
}

TEST(IgnoreComments, AtTheEndOfAFile) {
  EXPECT_EQ("a,|r|1-1 ", found("# rhumb: ignore[a] r"));
  EXPECT_EQ("a,|r|2-2 ", found("# rhumb: ignore[a] r\nx: 1"));
}

}  // namespace
}  // namespace rhumb::lint
