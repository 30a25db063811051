#include "report/escape.h"

#include <gtest/gtest.h>

namespace rhumb::report {
namespace {

TEST(Printable, KeepsWhatPrints) { EXPECT_EQ(printable("größe 日本語 😀 \\ \" '"), "größe 日本語 😀 \\ \" '"); }

TEST(Printable, EscapesWhatATerminalObeys) {
  EXPECT_EQ(printable("\x1b[2J\r\n\t\x7f\x07"), "\\x1b[2J\\r\\n\\t\\x7f\\a");
  EXPECT_EQ(printable("\xC2\x9B"), "\\u009b");        // CSI as one character
  EXPECT_EQ(printable("\xE2\x80\xAEx"), "\\u202ex");  // right-to-left override
  EXPECT_EQ(printable("a\xC2\xA0"
                      "b"),
            "a\\u00a0b");  // a blank that YAML does not take for one
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
}

TEST(Printable, ShowsInvalidBytes) {
  EXPECT_EQ(printable("\xff"
                      "a\xc3"),
            "\\xffa\\xc3");
  EXPECT_EQ(printable("\xEF\xBF\xBD"), "\xEF\xBF\xBD");  // U+FFFD that was written
}

TEST(Xml, EscapesMarkup) { EXPECT_EQ(xml("<a b=\"c\">&]]>'"), "&lt;a b=&quot;c&quot;&gt;&amp;]]&gt;'"); }

TEST(Xml, KeepsWhiteSpaceOfAttributes) { EXPECT_EQ(xml("a\tb\nc\rd"), "a&#9;b&#10;c&#13;d"); }

TEST(Xml, ReplacesWhatXmlForbids) {
  const std::string fffd = "\xEF\xBF\xBD";
  EXPECT_EQ(xml("\x01\x1f"), fffd + fffd);
  EXPECT_EQ(xml("\xEF\xBF\xBE\xEF\xBF\xBF"), fffd + fffd);
  EXPECT_EQ(xml("\xff"), fffd);
  EXPECT_EQ(xml(std::string_view("\0", 1)), fffd);
  EXPECT_EQ(xml("\x7f"), "\x7f");  // discouraged, but allowed
}

TEST(XmlLines, KeepLineBreaks) {
  EXPECT_EQ(xml_lines("a<\nb\n"), "a&lt;\nb\n");
  EXPECT_EQ(xml_lines(""), "");
  EXPECT_EQ(xml_lines("\n"), "\n");
}

TEST(GitHub, Escapes) {
  EXPECT_EQ(github_message("100%\r\n::a,b"), "100%25%0D%0A::a,b");
  EXPECT_EQ(github_property("100%\r\n::a,b"), "100%25%0D%0A%3A%3Aa%2Cb");
  EXPECT_EQ(github_message("%0A"), "%250A");
  EXPECT_EQ(github_message("\xff"), "\xEF\xBF\xBD");
}

TEST(Markdown, TakesAwayMarkup) {
  EXPECT_EQ(markdown("a|b"), "a\\|b");
  EXPECT_EQ(markdown("`*_x_*`"), "\\`\\*\\_x\\_\\*\\`");
  EXPECT_EQ(markdown("<img src=x>&amp;"), "&lt;img src=x&gt;&amp;amp;");
  EXPECT_EQ(markdown("![x](y)"), "\\!\\[x\\](y)");
  EXPECT_EQ(markdown("@someone"), "@<!-- -->someone");
  EXPECT_EQ(markdown("a\nb"), "a\\\\nb");
}

TEST(MarkdownCode, FenceIsLongerThanWhatItHolds) {
  EXPECT_EQ(markdown_code(""), "");
  EXPECT_EQ(markdown_code("a.b"), "`a.b`");
  EXPECT_EQ(markdown_code("a`b"), "``a`b``");
  EXPECT_EQ(markdown_code("`a``"), "``` `a`` ```");
  EXPECT_EQ(markdown_code("a|b"), "`a\\|b`");
}

TEST(MarkdownHtml, IsTextOnly) { EXPECT_EQ(markdown_html("</summary>@x\n"), "&lt;/summary&gt;@<!-- -->x\\n"); }

TEST(MarkdownBlock, FenceIsLongerThanWhatItHolds) {
  EXPECT_EQ(markdown_block("a\nb\n"), "```text\na\nb\n```\n");
  EXPECT_EQ(markdown_block("````\n"), "`````text\n````\n`````\n");
}

TEST(UriPath, EncodesAllButUnreserved) {
  EXPECT_EQ(uri_path("charts/a-b_c.d~e/f"), "charts/a-b_c.d~e/f");
  EXPECT_EQ(uri_path("a b:c%?#[ö\xff"), "a%20b%3Ac%25%3F%23%5B%C3%B6%FF");
}

}  // namespace
}  // namespace rhumb::report
