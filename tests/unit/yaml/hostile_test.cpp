// Inputs that were built to hurt: each must end soon, in an error or a value, and within the memory that it is given.
#include <gtest/gtest.h>

#include <functional>

#include "rhumb/base/host.h"
#include "rhumb/base/parallel.h"
#include "rhumb/yaml/json.h"
#include "rhumb/yaml/manifest_head.h"
#include "rhumb/yaml/reader.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::yaml {
namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out.append(text);
  return out;
}

std::string message(std::string_view text) {
  Heap heap;
  const auto result = read_yaml(text, heap);
  return result ? "" : result.error().message;
}

class Hostile : public testing::Test {
 protected:
  // As every rendering.
  static void on_large_stack(const std::function<void()>& work) { run_on_large_stack(std::size_t{256} << 20, work); }
};

TEST_F(Hostile, DeepFlowCollections) {
  const std::string expected = "error converting YAML to JSON: yaml: exceeded max depth of 10000";
  EXPECT_EQ(message(repeat("[", 100000)), expected);
  EXPECT_EQ(message(repeat("{a: ", 100000)), expected);
  EXPECT_EQ(message(repeat("[", 100000) + repeat("]", 100000)), expected);
  on_large_stack([] { EXPECT_EQ(message(repeat("[", 9000) + repeat("]", 9000)), ""); });
}

TEST_F(Hostile, DeepBlockCollections) {
  const std::string expected = "error converting YAML to JSON: yaml: exceeded max depth of 10000";
  EXPECT_EQ(message(repeat("- ", 100000)), expected);
  EXPECT_EQ(message(repeat("? ", 50000)), expected);
}

TEST_F(Hostile, BillionLaughs) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeat(alias + " , ", 9) + "]\n";
  }
  EXPECT_EQ(message(text), "error converting YAML to JSON: yaml: document contains excessive aliasing");
}

TEST_F(Hostile, AliasesThatNest) {
  std::string text;
  for (int i = 0; i < 60; ++i) {
    const std::string inner = i == 0 ? "x" : "*a" + std::to_string(i - 1);
    text +=
        "a" + std::to_string(i) + ": &a" + std::to_string(i) + " " + repeat("[", 900) + inner + repeat("]", 900) + "\n";
  }
  on_large_stack([&text] { EXPECT_FALSE(message(text).empty()); });
}

TEST_F(Hostile, ManyRestarts) {
  EXPECT_EQ(message("[" + repeat("a:,", 200000) + "]"), "");
  message("[" + repeat("'a':,\"b:\":,_:,", 50000) + "]");
  message(repeat("\"\\'\" ", 100000));
  message("[" + repeat("!t,x ", 20000) + "]");
}

TEST_F(Hostile, ManyValuesInDeepCollections) {
  EXPECT_FALSE(message(repeat("[", 9900) + repeat("1,", 4000000)).empty());
}

TEST_F(Hostile, NestedMerges) {
  on_large_stack([] { EXPECT_EQ(message(repeat("{<<: ", 5000) + "{}" + repeat("}", 5000)), ""); });
  EXPECT_EQ(message("a: &a {<<: *a}"), "error converting YAML to JSON: yaml: anchor 'a' value contains itself");
}

TEST_F(Hostile, DeepJson) {
  Heap heap;
  const auto deep = read_json(repeat("[", 1000000), heap);
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().message, "invalid character '[' exceeded max depth");
  on_large_stack([&heap] { EXPECT_TRUE(read_json(repeat("[", 10000) + repeat("]", 10000), heap)); });
}

TEST_F(Hostile, DeepValues) {
  Heap heap;
  Value value = heap.map();
  for (int i = 0; i < 200000; ++i) {
    const Value outer = heap.map();
    outer.as_map()->set("a", value);
    value = outer;
  }
  on_large_stack([&value] {
    EXPECT_EQ(write_yaml(value).error().message, "yaml: exceeded max depth of 10000");
    EXPECT_FALSE(write_yaml_pretty(value));
  });
  EXPECT_EQ(write_json(value).value().size(), 200000U * 6 + 2);
}

TEST_F(Hostile, SharedValues) {
  Heap heap;
  Value value = heap.string("x");
  for (int i = 0; i < 40; ++i) value = heap.list({value, value});
  constexpr std::size_t limit = 1 << 20;
  JsonOptions json;
  json.limit_bytes = limit;
  EXPECT_THROW((void)write_yaml(value, limit), LimitError);
  EXPECT_THROW((void)write_yaml_pretty(value, limit), LimitError);
  EXPECT_THROW((void)write_json(value, json), LimitError);
}

TEST_F(Hostile, Cycles) {
  Heap heap;
  const Value map = heap.map();
  map.as_map()->set("a", heap.list({map}));
  const std::string expected = "json: unsupported value: encountered a cycle via map[string]interface {}";
  on_large_stack([&] {
    EXPECT_EQ(write_json(map).error().message, expected);
    EXPECT_EQ(write_yaml(map).error().message, "error marshaling into JSON: " + expected);
    EXPECT_FALSE(write_yaml_pretty(map));
  });
  map.as_map()->set("a", Value());
}

TEST_F(Hostile, ASmallStackIsNoCrash) {
  const std::string text = repeat("[", 9900) + repeat("]", 9900);
  run_on_large_stack(std::size_t{512} << 10, [&text] {
    EXPECT_THROW((void)message(text), LimitError);
    Heap heap;
    EXPECT_THROW((void)read_json(text, heap), LimitError);
  });
}

TEST_F(Hostile, MemoryIsBounded) {
  Heap heap(Heap::Options{.limit_bytes = 1 << 20});
  EXPECT_THROW((void)read_yaml(repeat("- aaaaaaaaaaaaaaaaaaaaaaaa\n", 200000), heap), LimitError);
}

TEST_F(Hostile, LongHeads) {
  on_large_stack([] { EXPECT_TRUE(read_manifest_head("kind: Pod\nspec: " + repeat("[", 5000) + repeat("]", 5000))); });
  EXPECT_FALSE(read_manifest_head("kind: Pod\nspec: " + repeat("[", 50000)));
  EXPECT_TRUE(read_manifest_head("kind: Pod\ndata:\n" + repeat("  a: b\n", 300000)));
}

// Below go-yaml's own limit every collection counts, and the line is always told.
TEST_F(Hostile, DepthThatWasAskedFor) {
  ReadOptions options;
  options.limits.yaml_depth = 3;
  const auto problem = [&](std::string_view text) {
    Heap heap;
    const auto result = read_yaml(text, heap, options);
    return result ? "" : result.error().message;
  };
  EXPECT_EQ(problem("a: [[1]]\n"), "");
  EXPECT_EQ(problem("a: [[[1]]]\n"), "error converting YAML to JSON: yaml: line 1: exceeded max depth of 3");
  EXPECT_EQ(problem("b: &b [[1]]\na:\n- *b\n"), "error converting YAML to JSON: yaml: line 1: exceeded max depth of 3");
  EXPECT_EQ(read_manifest_head("kind: A\na: [[[1]]]\n", false, options.limits).error().message,
            "error converting YAML to JSON: yaml: line 2: exceeded max depth of 3");
  options.limits.yaml_depth = 20000;
  on_large_stack([&] { EXPECT_EQ(problem(repeat("[", 11000) + repeat("]", 11000)), ""); });
}

TEST_F(Hostile, WritersStopAtTheLimit) {
  Heap heap;
  const Value value = heap.map();
  value.as_map()->set("a", heap.string(repeat("\x01", 1000)));
  JsonOptions json;
  json.limit_bytes = 6000;
  EXPECT_THROW((void)write_json(value, json), LimitError);
  json.limit_bytes = 6008;
  EXPECT_EQ(write_json(value, json)->size(), 6008);
  EXPECT_THROW((void)write_yaml(value, 4000), LimitError);
  EXPECT_THROW((void)write_yaml_pretty(value, 4000), LimitError);
  EXPECT_EQ(write_yaml(value, 4006)->size(), 4006);
  // Long texts go in parts, which must not show.
  const std::string text = repeat("a\xE2\x82\xAC", 700000);
  EXPECT_EQ(*write_json(heap.string(text)), '"' + text + '"');
}

}  // namespace
}  // namespace rhumb::yaml
