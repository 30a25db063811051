// The stream of events, one line each.
#include "rhumb/yaml/events.h"

#include <gtest/gtest.h>

namespace rhumb::yaml {
namespace {

std::string describe(const Event& event) {
  static constexpr std::string_view styles[] = {"", "'", "\"", "|", ">"};
  std::string out = std::to_string(event.begin.line) + ":" + std::to_string(event.begin.column) + " ";
  switch (event.kind) {
    case EventKind::stream_end: return "end";
    case EventKind::document_start: return out + (event.implicit ? "document" : "document ---");
    case EventKind::document_end: return out + (event.implicit ? "/document" : "/document ...");
    case EventKind::alias: return out + "*" + std::string(event.anchor);
    case EventKind::sequence_end: return out + "/list";
    case EventKind::mapping_end: return out + "/map";
    case EventKind::sequence_start: out += event.flow ? "[list]" : "list"; break;
    case EventKind::mapping_start: out += event.flow ? "{map}" : "map"; break;
    case EventKind::scalar:
      out.append(styles[static_cast<std::size_t>(event.style)]).append(event.value);
      if (event.implicit) out += " (plain)";
      break;
  }
  if (!event.anchor.empty()) out.append(" &").append(event.anchor);
  if (!event.tag.empty()) out.append(" !").append(event.tag);
  return out;
}

std::vector<std::string> events(std::string_view text) {
  EventReader reader(text);
  std::vector<std::string> out;
  Event event;
  do {
    if (!reader.next(event)) {
      out.push_back(reader.error());
      return out;
    }
    out.push_back(describe(event));
  } while (event.kind != EventKind::stream_end);
  return out;
}

using Lines = std::vector<std::string>;

TEST(Events, BlockCollections) {
  EXPECT_EQ(events("a:\n- x\n- 'y'\nb: |\n  z\n"),
            (Lines{"0:0 document", "0:0 map", "0:0 a (plain)", "1:0 list", "1:2 x (plain)", "2:2 'y", "3:0 /list",
                   "3:0 b (plain)", "3:3 |z\n", "5:0 /map", "5:0 /document", "end"}));
}

TEST(Events, FlowAnchorsAndTags) {
  EXPECT_EQ(
      events("--- &r {a: !!str 1, b: [*r, &s \"t\"]}\n...\n"),
      (Lines{"0:0 document ---", "0:4 {map} &r", "0:8 a (plain)", "0:11 1 !tag:yaml.org,2002:str", "0:20 b (plain)",
             "0:23 [list]", "0:24 *r", "0:28 \"t &s", "0:34 /list", "0:35 /map", "1:0 /document ...", "end"}));
}

TEST(Events, SeveralDocuments) {
  EXPECT_EQ(events("a\n---\nb\n"), (Lines{"0:0 document", "0:0 a (plain)", "1:0 /document", "1:0 document ---",
                                          "2:0 b (plain)", "3:0 /document", "end"}));
}

TEST(Events, NoDocument) { EXPECT_EQ(events(""), (Lines{"end"})); }

TEST(Events, ErrorsComeWhereTheyAre) {
  EXPECT_EQ(events("a: 1\nb: [\n"), (Lines{"0:0 document", "0:0 map", "0:0 a (plain)", "0:3 1 (plain)", "1:0 b (plain)",
                                           "1:3 [list]", "yaml: line 2: did not find expected node content"}));
}

TEST(Events, RestartsAreNotSeen) {
  EXPECT_EQ(events("- \"\\'\"\n- [a:, \"b\":[c], d:{e: f}, ::1]\n"),
            (Lines{"0:0 document", "0:0 list", "0:2 \"'", "1:2 [list]", "1:3 a: (plain)", "1:7 {map}", "1:7 \"b",
                   "1:11 [list]", "1:12 c (plain)", "1:13 /list", "1:14 /map", "1:16 d: (plain)",
                   "yaml: line 1: did not find expected ',' or ']'"}));
}

// Whoever reads the first document alone never sees that there is more.
TEST(Events, EmptyBracketsAreNoKey) {
  for (const std::string_view text : {"[]: x", "[] : {", "[]x:", "[]\n  [] x", "&a\n[]: x"}) {
    const Lines lines = events(text);
    ASSERT_EQ(lines.size(), 5U) << text;
    EXPECT_TRUE(lines[3].ends_with(" /document")) << lines[3];
    EXPECT_TRUE(lines[4].starts_with("yaml: ")) << lines[4];
  }
  EXPECT_EQ(events("[]: x").back(), "yaml: did not find expected <document start>");
  EXPECT_EQ(events("a: b\n[]: c").back(), "yaml: line 1: did not find expected key");
}

TEST(Events, OffsetsAreBytes) {
  const std::string_view text = "\xEF\xBB\xBF\xC3\xA9: [\xF0\x9F\x98\x80, x]\n";
  EventReader reader(text);
  Event event;
  std::vector<std::string> scalars;
  while (reader.next(event) && event.kind != EventKind::stream_end) {
    if (event.kind != EventKind::scalar) continue;
    const std::size_t begin = reader.offset(event.begin);
    scalars.emplace_back(text.substr(begin, reader.offset(event.end) - begin));
  }
  EXPECT_EQ(scalars, (std::vector<std::string>{"\xC3\xA9", "\xF0\x9F\x98\x80", "x"}));
}

}  // namespace
}  // namespace rhumb::yaml
