// Where values come from: spans and key paths of a file, and what a rendered text remembers.
#include <gtest/gtest.h>

#include "rhumb/yaml/json.h"
#include "rhumb/yaml/reader.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::yaml {
namespace {

constexpr FileId file = 7;

std::string_view at(std::string_view text, const Origin& origin) {
  return text.substr(origin.span.begin, origin.span.end - origin.span.begin);
}

const Value& find(const Value& map, std::string_view key) { return *std::as_const(*map.as_map()).find(key); }

class Origins : public testing::Test {
 protected:
  Value read(std::string_view text) {
    ReadOptions options;
    options.origins = &table;
    options.file = file;
    return read_values(text, heap, options).value();
  }

  const Origin& origin(const Value& value) { return table.get(value.origin()); }

  Heap heap;
  OriginTable table;
};

TEST_F(Origins, ScalarsHaveTheirSpanAndPath) {
  const std::string_view text = "image:\n  tag: '1.2'  # the version\nports:\n- 80\n- name: http\n";
  const Value root = read(text);
  const Value& tag = find(find(root, "image"), "tag");
  EXPECT_EQ(at(text, origin(tag)), "'1.2'");
  EXPECT_EQ(origin(tag).path, "image.tag");
  EXPECT_EQ(origin(tag).span.file, file);
  const Value& ports = find(root, "ports");
  EXPECT_EQ(at(text, origin(ports)), "- 80\n- name: http");
  EXPECT_EQ(at(text, origin(ports.as_list()[0])), "80");
  EXPECT_EQ(origin(ports.as_list()[0]).path, "ports[0]");
  EXPECT_EQ(origin(find(ports.as_list()[1], "name")).path, "ports[1].name");
}

TEST_F(Origins, SpansCountBytesNotCharacters) {
  const std::string_view text = "\xEF\xBB\xBF# \xC3\xA9\xC3\xA9\n\xE6\x97\xA5: \"\xC3\xA9\"\nb: [\xC3\xA9, x]\n";
  const Value root = read(text);
  EXPECT_EQ(at(text, origin(find(root, "\xE6\x97\xA5"))), "\"\xC3\xA9\"");
  EXPECT_EQ(at(text, origin(find(root, "b"))), "[\xC3\xA9, x]");
  EXPECT_EQ(at(text, origin(find(root, "b").as_list()[1])), "x");
}

TEST_F(Origins, SpansAreThoseOfTheFileThoughLinesWereNormalised) {
  const std::string_view text = "a: 1\r\nb: 2\r\n---\r\nc: 3\r\nd:\r\n  e: 4";
  const Value root = read(text);
  EXPECT_EQ(at(text, origin(find(root, "b"))), "2");
  EXPECT_EQ(at(text, origin(find(root, "c"))), "3");
  EXPECT_EQ(at(text, origin(find(find(root, "d"), "e"))), "4");
}

TEST_F(Origins, PatchedCharactersLeaveSpansAlone) {
  const std::string_view text = "a: [fd00::, x, y:, z]\nb: 'q'\n";
  const Value root = read(text);
  EXPECT_EQ(find(root, "a").as_list()[0].as_text(), "fd00::");
  EXPECT_EQ(at(text, origin(find(root, "a").as_list()[0])), "fd00::");
  EXPECT_EQ(at(text, origin(find(root, "a").as_list()[3])), "z");
  EXPECT_EQ(at(text, origin(find(root, "b"))), "'q'");
}

TEST_F(Origins, AliasesPointToTheAnchor) {
  const std::string_view text = "a: &x\n  k: v\nb: *x\n";
  const Value root = read(text);
  EXPECT_EQ(at(text, origin(find(find(root, "b"), "k"))), "v");
  EXPECT_EQ(origin(find(find(root, "b"), "k")).path, "b.k");
}

TEST_F(Origins, ALaterDocumentOverrides) {
  const std::string_view text = "a: 1\nb: {c: 1}\n---\na: 2\nb: {d: 2}\n";
  const Value root = read(text);
  const Origin& merged = origin(find(root, "a"));
  ASSERT_EQ(merged.kind, OriginKind::override_);
  EXPECT_EQ(at(text, table.get(merged.parts[0])), "2");
  EXPECT_EQ(at(text, table.get(merged.parts[1])), "1");
  EXPECT_EQ(at(text, origin(find(find(root, "b"), "c"))), "1");
  EXPECT_EQ(at(text, origin(find(find(root, "b"), "d"))), "2");
}

TEST_F(Origins, ATracedTextGivesItsOriginsBack) {
  const std::vector<TracePiece> trace{{0, no_file, 0, 0}, {3, no_file, 0, 21}, {5, no_file, 0, 22}};
  ReadOptions options;
  options.origins = &table;
  options.trace = trace;
  const Value root = read_map("a: 1\nb: 2\n", heap, options).value();
  EXPECT_EQ(find(root, "a").origin(), 21U);
  EXPECT_EQ(find(root, "b").origin(), 22U);
  JsonReadOptions json_options;
  json_options.origins = &table;
  json_options.trace = trace;
  const Value list = read_json("[1,2,3]", heap, json_options).value();
  EXPECT_EQ(list.as_list()[0].origin(), 0U);
  EXPECT_EQ(list.as_list()[1].origin(), 21U);
  EXPECT_EQ(list.as_list()[2].origin(), 22U);
}

TEST_F(Origins, ErrorsSpanTheFile) {
  ReadOptions options;
  options.file = file;
  options.file_offset = 10;
  const auto result = read_map("[a]", heap, options);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().span, (Span{file, 10, 13}));
}

// The text from each piece on, with its origin.
std::vector<std::string> pieces(const TracedText& text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.trace.size(); ++i) {
    const std::size_t end = i + 1 < text.trace.size() ? text.trace[i + 1].begin : text.text.size();
    out.push_back(std::to_string(text.trace[i].origin) + ":" +
                  text.text.substr(text.trace[i].begin, end - text.trace[i].begin));
  }
  return out;
}

TEST_F(Origins, WritersSayWhereEachLineComesFrom) {
  const Value root = heap.map().with_origin(1);
  root.as_map()->set("b", Value::floating(5).with_origin(2));
  root.as_map()->set("a", heap.list({heap.string("x").with_origin(4), heap.string("y")}).with_origin(3));
  const TracedText yaml = write_yaml_traced(root).value();
  EXPECT_EQ(yaml.text, "a:\n- x\n- \"y\"\nb: 5\n");
  EXPECT_EQ(pieces(yaml), (std::vector<std::string>{"3:a:", "4:\n- x", "0:\n- \"y\"", "2:\nb: 5\n"}));
  EXPECT_EQ(yaml.text, write_yaml(root).value());
  const TracedText pretty = write_yaml_pretty_traced(root).value();
  EXPECT_EQ(pieces(pretty), (std::vector<std::string>{"3:a:", "4:\n  - x", "0:\n  - \"y\"", "2:\nb: 5\n"}));
}

TEST_F(Origins, ATextWithATraceOfItsOwnHandsItOn) {
  TracedText made;
  made.text = "x";
  made.trace = {{0, 3, 9, 5}};
  const TracedText yaml = write_yaml_traced(heap.string(std::move(made))).value();
  ASSERT_EQ(yaml.trace.size(), 1U);
  EXPECT_EQ(yaml.trace[0].file, 3U);
  EXPECT_EQ(yaml.trace[0].position, 9U);
  EXPECT_EQ(yaml.trace[0].origin, 5U);
}

}  // namespace
}  // namespace rhumb::yaml
