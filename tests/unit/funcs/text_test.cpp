// What the row tables cannot show of the functions on text: limits, and traces that move along.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "funcs/families.h"

namespace rhumb::funcs {
namespace {

/// Always the same bytes.
class FixedHost final : public Host {
 public:
  Instant now() override { return {}; }
  void random(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) {
      state_ = state_ * 1664525 + 1013904223;
      byte = static_cast<std::byte>(state_ >> 24);
    }
  }
  bool deterministic() const override { return true; }
  std::optional<std::string> look_up_host(const std::string&) override { return std::nullopt; }
  std::optional<std::string> environment(const std::string&) override { return std::nullopt; }
  std::string local_zone() override { return "UTC"; }

 private:
  std::uint32_t state_ = 1;
};

class TextFunctions : public testing::Test {
 protected:
  Value call(std::string_view name, std::vector<Value> args) {
    for (const auto family : {string_functions, string_list_functions, text_case_functions, base_encoding_functions,
                              random_text_functions, regex_functions}) {
      const auto at = std::find_if(family.begin(), family.end(), [name](const auto& f) { return f.name == name; });
      if (at != family.end()) return at->body(context, args);
    }
    ADD_FAILURE() << "no function " << name;
    return {};
  }

  Value text(std::string_view value) { return heap.string(value); }
  static Value number(std::int64_t value) { return Value::integer(value); }

  /// A text of two lines, each from a place of its own.
  Value traced() {
    TracedText text{"one\ntwo", {{0, 1, 10, 100}, {4, 1, 20, 200}}};
    return heap.string(std::move(text));
  }

  /// The text with each piece of its trace in brackets: [origin:text].
  static std::string shown(const Value& value) {
    std::string out;
    const auto pieces = value.trace();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::size_t end = i + 1 < pieces.size() ? pieces[i + 1].begin : value.as_text().size();
      out += "[" + std::to_string(pieces[i].origin) + ":" +
             std::string(value.as_text().substr(pieces[i].begin, end - pieces[i].begin)) + "]";
    }
    return out;
  }

  Heap heap;
  FixedHost host;
  Limits limits;
  gotmpl::CallContext context{heap, host, limits};
};

TEST_F(TextFunctions, NothingGrowsPastTheLimit) {
  limits.output_bytes = 1000;
  const Value line = text("x\nx\nx\nx");
  const Value blanks = text(std::string(200, ' ') + std::string(200, 'x'));
  EXPECT_THROW(call("repeat", {number(1'000'000'000'000), text("x")}), LimitError);
  EXPECT_THROW(call("indent", {number(1'000'000'000'000), text("x")}), LimitError);
  EXPECT_THROW(call("nindent", {number(300), line}), LimitError);
  EXPECT_THROW(call("wrapWith", {number(1), text(std::string(50, '-')), blanks}), LimitError);
  EXPECT_THROW(call("replace", {text("x"), text(std::string(300, '-')), line}), LimitError);
  EXPECT_THROW(call("replace", {text(""), text(std::string(300, '-')), line}), LimitError);
  EXPECT_THROW(call("join", {text(std::string(600, '-')), heap.list({line, line, line})}), LimitError);
  EXPECT_THROW(call("quote", {text(std::string(400, '\1'))}), LimitError);
  EXPECT_THROW(call("randAlpha", {number(1'000'000'000'000)}), LimitError);
  EXPECT_THROW(call("randBytes", {number(1'000'000'000'000)}), LimitError);
  EXPECT_THROW(call("b64enc", {text(std::string(800, 'x'))}), LimitError);
  EXPECT_THROW(call("regexReplaceAll", {text(""), line, text(std::string(300, '-'))}), LimitError);
}

TEST_F(TextFunctions, ListsOfPartsAreLimited) {
  limits.list_elements = 10;
  const Value letters = text(std::string(11, 'x'));
  EXPECT_THROW(call("splitList", {text(""), letters}), LimitError);
  EXPECT_THROW(call("split", {text("x"), letters}), LimitError);
  EXPECT_THROW(call("regexFindAll", {text("x"), letters, number(-1)}), LimitError);
  EXPECT_EQ(call("regexFindAll", {text("x"), letters, number(10)}).as_list().size(), 10U);
}

TEST_F(TextFunctions, RegularExpressionsAreLimited) {
  limits.regex_bytes = 100;
  EXPECT_THROW(call("regexMatch", {text(std::string(101, 'a')), text("a")}), LimitError);
  limits.regex_bytes = 1 << 20;
  limits.regex_memory_bytes = 1 << 16;
  EXPECT_THROW(call("regexMatch", {text("(\\pL{500}){2}"), text("a")}), LimitError);
}

TEST_F(TextFunctions, NestingDoesNotExhaustTheStack) {
  const std::string deep = std::string(60'000, '(') + "a" + std::string(4'000, ')');
  EXPECT_THROW(call("mustRegexMatch", {text(deep), text("a")}), gotmpl::FunctionError);
}

TEST_F(TextFunctions, MovedTextKeepsItsTrace) {
  EXPECT_EQ(shown(call("nindent", {number(2), traced()})), "[100:one\n  ][200:two]");
  EXPECT_EQ(shown(call("trunc", {number(5), traced()})), "[100:one\n][200:t]");
  EXPECT_EQ(shown(call("trunc", {number(-2), traced()})), "[200:wo]");
  EXPECT_EQ(shown(call("trimPrefix", {text("on"), traced()})), "[100:e\n][200:two]");
  EXPECT_EQ(shown(call("replace", {text("o"), text("0"), traced()})), "[100:ne\n][200:tw0]");
  EXPECT_EQ(shown(call("upper", {traced()})), "[100:ONE\n][200:TWO]");
  EXPECT_EQ(shown(call("squote", {traced()})), "[100:one\n][200:two']");
  EXPECT_EQ(shown(call("join", {text("-"), heap.list({traced(), text("x")})})), "[100:one\n][200:two-x]");
  EXPECT_EQ(shown(call("regexReplaceAll", {text("(t)w"), traced(), text("<$1>")})), "[100:one\n<][200:t>o]");
  EXPECT_EQ(shown(call("regexFind", {text("t.*"), traced()})), "[200:two]");
  EXPECT_EQ(shown(call("splitList", {text("\n"), traced()}).as_list()[1]), "[200:two]");
}

TEST_F(TextFunctions, RandomTextComesFromTheHost) {
  const std::array<Value, 1> size{number(20)};
  for (const auto& function : random_text_functions) {
    if (!function.name.starts_with("rand") || function.name == "randInt") continue;
    FixedHost one;
    FixedHost same;
    gotmpl::CallContext first{heap, one, limits};
    gotmpl::CallContext second{heap, same, limits};
    const Value made = function.body(first, size);
    EXPECT_EQ(made.as_text(), function.body(second, size).as_text()) << function.name;
    EXPECT_NE(made.as_text(), function.body(first, size).as_text()) << function.name;
  }
}

}  // namespace
}  // namespace rhumb::funcs
