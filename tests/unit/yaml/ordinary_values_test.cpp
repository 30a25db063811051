// What is left out must be what libyaml reads without an error, and the rest must mean the same without it.
#include "yaml/ordinary_values.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "rhumb/value/go_print.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::yaml {
namespace {

constexpr std::array<std::string_view, 1> kept{"kind"};
constexpr std::size_t depth_limit = 20;

// Long enough to be worth it.
const std::string& filling() {
  static const std::string text = [] {
    std::string made = "filling:\n";
    for (int i = 0; i < 40; ++i) made += "  description" + std::to_string(i) + ": it is filling\n";
    return made;
  }();
  return text;
}

std::optional<std::string> shortened(const std::string& text) {
  return without_ordinary_values(text, kept, depth_limit);
}

/// What is left of a text that begins with what can be left out.
std::string rest_of(const std::string& text) {
  const std::optional<std::string> rest = shortened(filling() + text);
  EXPECT_TRUE(rest);
  EXPECT_TRUE(rest->starts_with("filling:\n")) << *rest;
  return rest->substr(std::string_view("filling:\n").size());
}

constexpr std::size_t usual = 11;  // the first ones

constexpr std::array<std::string_view, 88> contents{"key: value",
                                                    "key: value",
                                                    "other: value",
                                                    "key:",
                                                    "key:",
                                                    "other:",
                                                    "- item",
                                                    "- item",
                                                    "- key: value",
                                                    "- key:",
                                                    "- other: 1",
                                                    "-",
                                                    "-   key: wide",
                                                    "\"quoted\": x",
                                                    "'it''s': y",
                                                    "key: \"open",
                                                    "key: 'open",
                                                    "- \"open",
                                                    "close\"",
                                                    "close'",
                                                    "key: \"one line\"",
                                                    "key: 'one line'",
                                                    "- 'a'  # comment",
                                                    "key: \"a\" b",
                                                    "key: |",
                                                    "key: |-",
                                                    "key: >+",
                                                    "- >-",
                                                    "- |",
                                                    "|",
                                                    ">",
                                                    "key: |2",
                                                    "key: | # comment",
                                                    "key: !!str |",
                                                    "key: &a b",
                                                    "*a",
                                                    "key: *a",
                                                    "[a, b",
                                                    "]",
                                                    "key: [a]",
                                                    "key: []",
                                                    "key: {}",
                                                    "- {}",
                                                    "key: [] x",
                                                    "plain",
                                                    "plain words it's",
                                                    "and more",
                                                    "more: ",
                                                    "a \"b\" c",
                                                    "key: v # it's",
                                                    "key: v #",
                                                    "# comment",
                                                    "# comment",
                                                    "#",
                                                    "---",
                                                    "...",
                                                    "? a",
                                                    ": b",
                                                    ":c",
                                                    "%TAG ! x:",
                                                    "key:\tv",
                                                    "\tkey: v",
                                                    "- - a",
                                                    "- - a: b",
                                                    "- # c",
                                                    "key: -1",
                                                    "key: - a",
                                                    "key: -",
                                                    "key: 1e999",
                                                    "key: .inf",
                                                    "- .nan",
                                                    "key: 99999999999999999999",
                                                    "null: x",
                                                    "~: x",
                                                    "5: x",
                                                    "5.5: x",
                                                    "<<: x",
                                                    "<<: {a: b}",
                                                    "true: x",
                                                    "key: @x",
                                                    "key: `x`",
                                                    "key: it's, [so]: {x",
                                                    "key: a:b",
                                                    "key: \xC3\xA9\xE2\x82\xAC",
                                                    "\xC3\xA9: x",
                                                    "key: \"a\\",
                                                    "key: \"a\\q\"",
                                                    "key: \"\\\"b\\n\""};

class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  /// A filling, some lines under a key, and some behind them.
  std::string text() {
    std::string out = pick(2) == 0 ? filling() : "kind: K\n" + filling();
    for (std::size_t values = 1 + pick(3); values > 0; --values) {
      out += keys[pick(keys.size())];
      out += '\n';
      lines(out);
    }
    return out;
  }

 private:
  static constexpr std::array<std::string_view, 7> keys{"spec:",   "kind: a", "kind:", "x: |",
                                                        "KIND: b", "data: v", "y: 'a"};

  void lines(std::string& out) {
    std::size_t indent = pick(3);
    for (std::size_t count = pick(7); count > 0; --count) {
      out.append(indent, ' ');
      out += contents[pick(pick(4) > 0 ? usual : contents.size())];
      if (pick(8) == 0) out += "  ";
      out += '\n';
      if (pick(8) == 0) out += std::string(pick(6), ' ') + "\n";
      // Mostly where a line may stand.
      if (pick(3) > 0) continue;
      const std::size_t step = pick(7);
      indent = step < 3 ? indent + step : indent - std::min(indent, step - 3);
    }
  }

  std::size_t pick(std::size_t count) { return random_() % count; }

  std::mt19937 random_;
};

/// The text can be read, and what is not null in what is left of it is the same in both.
void expect_same(const std::string& text, const std::string& rest) {
  Heap heap{Heap::Options{}};
  const Result<Value> of_rest = read_map(rest, heap);
  if (!of_rest) return;  // who reads it falls back on the whole
  const Result<Value> of_whole = read_map(text, heap);
  ASSERT_TRUE(of_whole) << of_whole.error().message << "\n" << text;
  const Map& whole = *of_whole->as_map();
  ASSERT_EQ(whole.size(), of_rest->as_map()->size()) << text;
  for (const Map::Entry& entry : of_rest->as_map()->entries()) {
    const Value* const same = whole.find(entry.key);
    ASSERT_NE(same, nullptr) << text;
    ASSERT_TRUE(entry.value.is_nil() || sprint(*same) == sprint(entry.value)) << text;
  }
}

TEST(OrdinaryValues, AreReadWithoutAnError) {
  constexpr std::uint32_t cases = 40'000;
  std::size_t more = 0;  // than the filling
  for (std::uint32_t seed = 0; seed < cases; ++seed) {
    const std::string text = Writer(seed).text();
    const std::optional<std::string> rest = shortened(text);
    ASSERT_TRUE(rest) << text;
    if (text.size() - rest->size() > filling().size()) ++more;
    expect_same(text, *rest);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(more, cases / 20);
}

TEST(OrdinaryValues, AreLeftOut) {
  for (const std::string_view value :
       {"  a: b\n", "  a:\n  - b\n  -   c: d\n      e:\n        f: g\n", "- a\n- b: c\n",
        "  a: b\n    goes on\n\n    it's\n  c: d\n", "  a: 'it''s\n    open'\n", "  a: \"b\\n\n\n    c\" # d\n",
        "  a: |\n     b\n\n      c: d\n     # e\n  f: >-\n\n    g\n", "  a:\n  # b\n\n    c\n",
        "  - |\n    a\n  - ''\n", "  a: {}\n  b: [] # c\n", "  $ref: x\n  x-y/z.a_0: -5\n",
        "  a: http://b:80/#c\n  d: --e\n", "    a:\n      b: c\n    d:\n    - e\n    f:\n", "  a: 1e999\n",
        "  - b\n   - c\n", "  a: \xC3\xA9\n"}) {
    EXPECT_EQ(rest_of("spec:\n" + std::string(value) + "last: 1\n"), "spec:\nlast: 1\n") << value;
    EXPECT_EQ(rest_of("spec:\n" + std::string(value)), "spec:\n") << value;
    EXPECT_EQ(rest_of("Kind:\n" + std::string(value)), "Kind:\n" + std::string(value));
  }
}

TEST(OrdinaryValues, NothingIsLeftOutFromWhereItIsNotUnderstood) {
  for (const std::string_view value : {"  a: &b c\n",
                                       "  a: *b\n",
                                       "  a: !!str c\n",
                                       "  <<: x\n",
                                       "  null: x\n",
                                       "  5: x\n",
                                       "  a: .inf\n",
                                       "  a: [b]\n",
                                       "  a: {b: c}\n",
                                       "  a: |2\n    b\n",
                                       "  a: |\n      \n    b\n",
                                       "  a: |\n    b\n   c\n",
                                       "  a:\n    |\n    b\n",
                                       "  a:\tb\n",
                                       "  a: b: c\n",
                                       "  a: b\n    c: d\n",
                                       "  a: b # c\n    d\n",
                                       "  a: b\n c: d\n",
                                       "  a: 'b' c\n",
                                       "  a: \"\\q\"\n",
                                       "  a: \"b\n  c\"\n",
                                       "  - - a\n",
                                       "  -\n    a: b\n",
                                       "  ? a\n  : b\n",
                                       "  \"a\": b\n",
                                       "  a : b\n",
                                       "  a: @b\n",
                                       "  a: %b\n",
                                       "  a:\n  - 'b'\n   - c\n",
                                       "  a:\n    - b\n  - c\n",
                                       "  a: 'open\n",
                                       "---\n",
                                       "...\n",
                                       "  a: b\n- c\n"}) {
    const std::string text = "spec:\n" + std::string(value) + "last:\n  a: b\n";
    EXPECT_EQ(rest_of(text), text) << value;
  }
  for (const std::string_view bytes : {"\r", "\xC2\x85", "\xE2\x80\xA8", "\xEF\xBB\xBF", "\x01", "\xFF"}) {
    EXPECT_FALSE(shortened(filling() + "a: " + std::string(bytes) + "b\n"));
  }
  EXPECT_FALSE(shortened("spec:\n  a: b\n"));
  EXPECT_FALSE(shortened("  " + filling()));
}

TEST(OrdinaryValues, DeepOnesAreNotUnderstood) {
  const auto nested = [](std::size_t depth) {
    std::string text = "spec:\n";
    for (std::size_t i = 1; i < depth; ++i) text += std::string(i, ' ') + "a:\n";
    return text;
  };
  EXPECT_EQ(rest_of(nested(depth_limit)), "spec:\n");
  EXPECT_EQ(rest_of(nested(depth_limit + 1)), nested(depth_limit + 1));
}

}  // namespace
}  // namespace rhumb::yaml
