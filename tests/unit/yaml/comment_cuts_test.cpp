// What is left out of comments must not change what libyaml finds: the same events at the same places, or an error.
#include "yaml/comment_cuts.h"

#include <gtest/gtest.h>
#include <yaml.h>

#include <array>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::yaml {
namespace {

std::string shortened(std::string_view text, const std::vector<Cut>& cuts) {
  std::string out;
  std::size_t at = 0;
  for (const Cut& cut : cuts) {
    out += text.substr(at, cut.begin - at);
    at = cut.begin + cut.size;
  }
  return out.append(text.substr(at));
}

/// libyaml's own answer: one line for each event, and whether there is an error.
std::string events(std::string_view text) {
  yaml_parser_t parser;
  if (yaml_parser_initialize(&parser) == 0) throw std::bad_alloc();
  const std::unique_ptr<yaml_parser_t, decltype(&yaml_parser_delete)> owner(&parser, yaml_parser_delete);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::string out;
  for (bool ends = false; !ends;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) return out + "error";
    const auto place = [](const yaml_mark_t& mark) {
      return std::to_string(mark.line) + ":" + std::to_string(mark.column) + " ";
    };
    out += std::to_string(event.type) + " " + place(event.start_mark) + place(event.end_mark);
    if (event.type == YAML_SCALAR_EVENT) {
      out.append(std::to_string(event.data.scalar.style) + " ");
      out.append(reinterpret_cast<const char*>(event.data.scalar.value), event.data.scalar.length);
    }
    out += '\n';
    ends = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  return out;
}

constexpr std::array<std::string_view, 64> contents{"key: value",
                                                    "key:",
                                                    "- item",
                                                    "-",
                                                    "\"quoted\": x",
                                                    "'it''s': y",
                                                    "key: \"open",
                                                    "key: 'open",
                                                    "close\"",
                                                    "close'",
                                                    "key: |",
                                                    "- >-",
                                                    "|",
                                                    ">",
                                                    "key: !!str |",
                                                    "!!str >",
                                                    "&a |",
                                                    "key: &a b",
                                                    "*a",
                                                    "[a, b",
                                                    "[a, \"b",
                                                    "]",
                                                    "}",
                                                    "{a: b,",
                                                    "{a: \"b\",",
                                                    "c: 'd'}",
                                                    "plain",
                                                    "plain words it's",
                                                    "\"a, \"",
                                                    "'b, '",
                                                    "a \"b\" c",
                                                    "a, \"b",
                                                    "key: # x",
                                                    "key: v # it's",
                                                    "--- |",
                                                    "---",
                                                    "...",
                                                    "? a",
                                                    ": b",
                                                    "? |",
                                                    "%TAG ! x:",
                                                    "\tkey: v",
                                                    "key:\tv",
                                                    "key: [",
                                                    "key: {}",
                                                    "key: []",
                                                    "key: \"\"",
                                                    "- - a: |",
                                                    "- key: >",
                                                    "a: b\r",
                                                    "\r",
                                                    "x\"y",
                                                    "[a ? b",
                                                    "{a:b}",
                                                    "{\"a\":\"b\"}",
                                                    "key: \"a\\",
                                                    "key: it's # \"",
                                                    "\xE2\x80\xA8z",
                                                    "k: \xC2\x85",
                                                    "\xC3\xA9: \xE2\x82\xAC",
                                                    "foo:\"a",
                                                    "'",
                                                    "\"",
                                                    "key: |2"};

constexpr std::array<std::string_view, 8> comments{"# a comment that goes on",
                                                   "#############",
                                                   "#        ",
                                                   "# it's \"quoted\" | > [ {",
                                                   "# caf\xC3\xA9 \xE2\x80\x93 long enough",
                                                   "# with a carriage return\r",
                                                   "# \xE2\x80\xA8 another break",
                                                   "# short"};

class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string text() {
    std::string out;
    for (std::size_t lines = 2 + pick(10); lines > 0; --lines) {
      out.append(pick(4) * 2, ' ');
      out += pick(5) < 2 ? comments[pick(comments.size())] : contents[pick(contents.size())];
      if (lines > 1 || pick(4) > 0) out += '\n';
    }
    return out;
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }

  std::mt19937 random_;
};

TEST(CommentCuts, ChangeNothing) {
  constexpr std::uint32_t cases = 40'000;
  std::size_t cut = 0;
  std::size_t cut_and_good = 0;
  for (std::uint32_t seed = 0; seed < cases; ++seed) {
    const std::string text = Writer(seed).text();
    const std::vector<Cut> cuts = find_comment_cuts(text);
    if (cuts.empty()) continue;
    ++cut;
    const std::string whole = events(text);
    cut_and_good += whole.ends_with("error") ? 0 : 1;
    ASSERT_EQ(events(shortened(text, cuts)), whole) << text;
  }
  EXPECT_GT(cut, cases / 20);
  EXPECT_GT(cut_and_good, cases / 100);
}

TEST(CommentCuts, FindCommentsOfTheirOwn) {
  const std::string text =
      "# the first comment\n"
      "key: value # not on a line of its own\n"
      "  ## @param indented \xE2\x82\xAC\n"
      "text: |\n"
      "  # of the block scalar\n"
      "# behind the block scalar\n";
  const std::vector<Cut> cuts = find_comment_cuts(text);
  EXPECT_EQ(shortened(text, cuts),
            "#\nkey: value # not on a line of its own\n  #\ntext: |\n  # of the block scalar\n#\n");
}

TEST(CommentCuts, StopWhereAScalarGoesOnOverLines) {
  const std::string comment = "# a comment of some length that is far more than a quarter of it\n";
  for (const std::string_view line : {"a: \"open", "a: 'open", "a: &b |", "|", "--- |", "? b", "a: [b \"c, d\""}) {
    const std::string text = comment + std::string(line) + "\n" + comment;
    EXPECT_EQ(find_comment_cuts(text).size(), line == "a: [b \"c, d\"" ? 2U : 1U) << line;
  }
}

}  // namespace
}  // namespace rhumb::yaml
