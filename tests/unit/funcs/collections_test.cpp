// What the row tables cannot show of the functions on numbers, lists and maps: limits, values that contain themselves,
// origins.
#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "funcs/families.h"

namespace rhumb::funcs {
namespace {

class IdleHost final : public Host {
 public:
  Instant now() override { return {}; }
  void random(std::span<std::byte>) override {}
  bool deterministic() const override { return true; }
  std::optional<std::string> look_up_host(const std::string&) override { return std::nullopt; }
  std::optional<std::string> environment(const std::string&) override { return std::nullopt; }
  std::string local_zone() override { return "UTC"; }
};

class CollectionFunctions : public testing::Test {
 protected:
  Value call(std::string_view name, std::vector<Value> args) {
    for (const auto family : {math_functions, math_sequence_functions, list_functions, dict_functions,
                              dict_copy_functions, merge_functions, type_functions, flow_functions}) {
      const auto at = std::find_if(family.begin(), family.end(), [name](const auto& f) { return f.name == name; });
      if (at != family.end()) return at->body(context, args);
    }
    ADD_FAILURE() << name << " is in no table";
    return {};
  }

  std::string limit_error(std::string_view name, std::vector<Value> args) {
    try {
      call(name, std::move(args));
    } catch (const LimitError& error) {
      return error.what();
    }
    return "";
  }

  Value self_containing() {
    const Value map = heap.map();
    map.as_map()->set("me", map);
    return map;
  }

  /// Maps nested that deep.
  Value nested(int depth) {
    Value value = heap.map();
    for (int i = 0; i < depth; ++i) {
      const Value outer = heap.map();
      outer.as_map()->set("a", value);
      value = outer;
    }
    return value;
  }

  /// Each map holds the one below it twice: 2^depth maps for who follows every way.
  Value doubled(int depth) {
    Value value = heap.map();
    for (int i = 0; i < depth; ++i) {
      const Value outer = heap.map();
      outer.as_map()->set("a", value);
      outer.as_map()->set("b", value);
      value = outer;
    }
    return value;
  }

  Heap heap{Heap::Options{.limit_bytes = 512U << 20}};
  IdleHost host;
  Limits limits;
  gotmpl::CallContext context{heap, host, limits};
};

TEST_F(CollectionFunctions, SequencesAreLimited) {
  limits.list_elements = 10;
  EXPECT_EQ(call("until", {Value::integer(10)}).as_list().size(), 10U);
  EXPECT_EQ(limit_error("until", {Value::integer(11)}), "a list of 11 numbers exceeds the limit of 10 elements");
  EXPECT_EQ(limit_error("until", {Value::integer(INT64_MIN)}),
            "a list of 9223372036854775808 numbers exceeds the limit of 10 elements");
  EXPECT_EQ(limit_error("seq", {Value::integer(1), Value::integer(INT64_MAX - 1)}),
            "a list of 9223372036854775806 numbers exceeds the limit of 10 elements");
}

TEST_F(CollectionFunctions, StepsThatPassTheLastIntegerNeverEnd) {
  EXPECT_EQ(limit_error("untilStep", {Value::integer(INT64_MAX - 7), Value::integer(INT64_MAX), Value::integer(3)}),
            "an endless list exceeds the limit of 10000000 elements");
  EXPECT_EQ(limit_error("untilStep", {Value::integer(INT64_MIN + 7), Value::integer(INT64_MIN), Value::integer(-3)}),
            "an endless list exceeds the limit of 10000000 elements");
}

TEST_F(CollectionFunctions, MapsThatContainThemselvesEndInALimit) {
  EXPECT_EQ(limit_error("merge", {self_containing(), self_containing()}),
            "merge: maps are nested more than 100000 levels deep");
  EXPECT_FALSE(limit_error("deepCopy", {self_containing()}).empty());
  EXPECT_TRUE(call("deepEqual", {self_containing(), self_containing()}).as_bool());
}

TEST_F(CollectionFunctions, DeepMapsNeedNoDeepStack) {
  constexpr int depth = 50'000;
  EXPECT_TRUE(call("deepEqual", {nested(depth), call("deepCopy", {nested(depth)})}).as_bool());
  EXPECT_FALSE(call("deepEqual", {nested(depth), nested(depth + 1)}).as_bool());
  EXPECT_TRUE(call("merge", {nested(depth), nested(depth)}).is_map());
}

TEST_F(CollectionFunctions, SharedMapsAreComparedOnce) {
  EXPECT_TRUE(call("deepEqual", {doubled(60), doubled(60)}).as_bool());
  limits.list_elements = 1000;
  EXPECT_EQ(limit_error("merge", {doubled(60), doubled(60)}), "merge: more than 1000 keys in one call");
  EXPECT_THROW(call("deepCopy", {doubled(60)}), LimitError);
}

TEST_F(CollectionFunctions, UniqOfManyIsNotSquare) {
  std::vector<Value> items;
  for (int i = 0; i < 200'000; ++i) items.push_back(Value::integer(i % 100'000));
  EXPECT_EQ(call("uniq", {heap.list(items)}).as_list().size(), 100'000U);
}

TEST_F(CollectionFunctions, WhatIsHandedOnKeepsItsOrigin) {
  const Value value = heap.string("x").with_origin(7);
  const Value map = heap.map();
  map.as_map()->set("key", value);
  EXPECT_EQ(call("default", {heap.string("d"), value}).origin(), 7U);
  EXPECT_EQ(call("first", {heap.list({value})}).origin(), 7U);
  EXPECT_EQ(call("get", {map, heap.string("key")}).origin(), 7U);
  EXPECT_EQ(call("dig", {heap.string("key"), heap.string("d"), map}).origin(), 7U);
  EXPECT_EQ(call("reverse", {heap.list({value})}).as_list()[0].origin(), 7U);
  EXPECT_EQ(call("deepCopy", {map}).as_map()->find("key")->origin(), 7U);
  EXPECT_EQ(call("merge", {heap.map(), map}).as_map()->find("key")->origin(), 7U);
}

TEST_F(CollectionFunctions, OfAListPartSharesItsItems) {
  const Value list = heap.list({Value::integer(1), Value::integer(2), Value::integer(3)});
  const Value part = call("slice", {list, Value::integer(1), Value::integer(2)});
  EXPECT_EQ(part.as_list().data(), list.as_list().data() + 1);
}

}  // namespace
}  // namespace rhumb::funcs
