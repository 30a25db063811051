#include "rhumb/base/source.h"

#include <gtest/gtest.h>

namespace rhumb {
namespace {

TEST(SourceText, LinesAndColumnsCountFromOne) {
  const SourceText text("f", "ab\n\ncd\r\ne");
  struct Case {
    std::uint32_t offset, line, column;
    std::string_view content;
  };
  for (const Case& row : {Case{0, 1, 1, "ab"}, Case{2, 1, 3, "ab"}, Case{3, 2, 1, ""}, Case{4, 3, 1, "cd"},
                          Case{7, 3, 4, "cd"}, Case{8, 4, 1, "e"}, Case{9, 4, 2, "e"}}) {
    EXPECT_EQ(text.line_column(row.offset).line, row.line) << row.offset;
    EXPECT_EQ(text.line_column(row.offset).column, row.column) << row.offset;
    EXPECT_EQ(text.line_at(row.offset), row.content) << row.offset;
  }
}

TEST(Sources, NumbersFilesFromOne) {
  Sources sources;
  const FileId a = sources.add("a", "1");
  const FileId b = sources.add("b", "2");
  EXPECT_EQ(a, 1u);
  EXPECT_EQ(b, 2u);
  const SourceText& first = sources.get(a);
  for (int i = 0; i < 1000; ++i) sources.add("c", "3");
  EXPECT_EQ(&first, &sources.get(a));
  EXPECT_EQ(sources.size(), 1002u);
}

}  // namespace
}  // namespace rhumb
