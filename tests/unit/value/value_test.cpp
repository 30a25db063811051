#include "rhumb/value/value.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "rhumb/value/go_print.h"

namespace rhumb {
namespace {

TEST(Value, NilsAreThreeThings) {
  Heap heap;
  const Value nil;
  const Value nil_list = Value::nil_list();
  const Value empty_list = heap.list({});
  EXPECT_TRUE(nil.is_nil());
  EXPECT_FALSE(nil_list.is_nil());
  EXPECT_TRUE(nil_list.is_nil_payload());
  EXPECT_FALSE(empty_list.is_nil_payload());
  EXPECT_FALSE(deep_equal(nil_list, empty_list));
  EXPECT_FALSE(deep_equal(nil, nil_list));
  EXPECT_FALSE(is_true(nil));
  EXPECT_FALSE(is_true(nil_list));
  EXPECT_FALSE(is_true(empty_list));
}

TEST(Value, TypesMatterForEquality) {
  EXPECT_TRUE(deep_equal(Value::integer(1), Value::integer(1)));
  EXPECT_FALSE(deep_equal(Value::integer(1), Value::int64(1)));
  EXPECT_FALSE(deep_equal(Value::integer(1), Value::floating(1)));
  EXPECT_FALSE(deep_equal(Value::floating(std::nan("")), Value::floating(std::nan(""))));
}

TEST(Value, LargeTextsAreFreedWithTheirLastValue) {
  Heap heap({.limit_bytes = 1 << 20});
  Value text = heap.string("x");
  // 64 KB and growing, a thousand times: far above the limit if every step stayed.
  for (int i = 0; i < 1000; ++i) text = heap.string(std::string(65536 + static_cast<std::size_t>(i), 'x'));
  EXPECT_EQ(text.as_text().size(), 65536u + 999u);
  const Value copy = text;
  text = Value();
  EXPECT_EQ(copy.as_text().size(), 65536u + 999u);
}

TEST(Value, LimitsThrow) {
  Heap heap({.limit_bytes = 100000, .text_limit_bytes = 1000});
  EXPECT_THROW(heap.string(std::string(1001, 'x')), LimitError);
  EXPECT_NO_THROW(heap.string(std::string(1000, 'x')));
  EXPECT_THROW(for (int i = 0; i < 1000; ++i) heap.list(std::vector<Value>(100)), LimitError);
}

TEST(Value, MoveLeavesNil) {
  Heap heap;
  Value a = heap.string(std::string(10000, 'a'));
  Value b = std::move(a);
  EXPECT_TRUE(a.is_nil());  // NOLINT(bugprone-use-after-move): that is what is tested
  a = b;
  b = Value::integer(1);
  EXPECT_EQ(a.as_text().size(), 10000u);
  Value& same = a;
  a = same;
  EXPECT_EQ(a.as_text().size(), 10000u);
}

TEST(Map, IteratesInKeyOrderWhateverTheSize) {
  for (const int count : {0, 1, 5, 12, 13, 200, 5000}) {
    Heap heap;
    Map& map = *heap.new_map();
    for (int i = 0; i < count; ++i) map.set("key" + std::to_string(i * 7919 % 10007), Value::integer(i));
    EXPECT_EQ(map.size(), static_cast<std::size_t>(count));
    std::string_view last;
    for (const Map::Entry& entry : map.entries()) {
      EXPECT_LT(last, entry.key);
      last = entry.key;
      EXPECT_EQ(&entry.value, map.find(entry.key));
    }
  }
}

TEST(Map, SetReplacesAndEraseForgets) {
  Heap heap;
  Map& map = *heap.new_map();
  for (int i = 0; i < 100; ++i) map.set(std::to_string(i), Value::integer(i));
  map.set("50", Value::integer(-1));
  EXPECT_EQ(map.size(), 100u);
  EXPECT_EQ(map.find("50")->as_integer(), -1);
  for (int i = 0; i < 100; i += 2) EXPECT_TRUE(map.erase(std::to_string(i)));
  EXPECT_FALSE(map.erase("0"));
  EXPECT_EQ(map.size(), 50u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(map.contains(std::to_string(i)), i % 2 == 1) << i;
  map.set("0", Value::boolean(true));
  EXPECT_TRUE(map.find("0")->as_bool());
}

TEST(DeepCopy, SharesNothingMutable) {
  Heap heap;
  Heap other;
  const Value inner = heap.map();
  inner.as_map()->set("a", Value::integer(1));
  const Value outer = heap.map(Type::values);
  outer.as_map()->set("list", heap.list({inner, heap.string("s")}));
  const Value copy = deep_copy(other, outer);
  EXPECT_TRUE(deep_equal(outer, copy));
  inner.as_map()->set("a", Value::integer(2));
  EXPECT_FALSE(deep_equal(outer, copy));
  EXPECT_EQ(copy.type(), Type::values);
}

TEST(TracedText, CutsPiecesWithTheText) {
  Heap heap;
  TracedText source;
  source.text = "hello world";
  source.trace = {{0, 1, 10, 5}, {6, 1, 20, 6}};
  const Value value = heap.string(std::move(source));
  TracedText out;
  out.append(">>");
  out.append(value, 3, 5);  // "lo wo"
  ASSERT_EQ(out.text, ">>lo wo");
  ASSERT_EQ(out.trace.size(), 2u);
  EXPECT_EQ(out.trace[0].begin, 2u);
  EXPECT_EQ(out.trace[0].origin, 5u);
  EXPECT_EQ(out.trace[1].begin, 5u);
  EXPECT_EQ(out.trace[1].origin, 6u);
}

TEST(Origins, ContinueAFrozenTable) {
  OriginTable base;
  const OriginId a = base.add_node({1, 0, 5}, "a.b");
  OriginTable own(&base);
  const OriginId b = own.add_set({2, 0, 3}, "a.b");
  EXPECT_EQ(own.get(a).path, "a.b");
  EXPECT_EQ(own.get(b).kind, OriginKind::set_flag);
  const OriginId over = own.add_override(b, a);
  const auto parts = [&](OriginId id) {
    return std::vector<OriginId>(own.get(id).parts.begin(), own.get(id).parts.end());
  };
  EXPECT_EQ(parts(over), (std::vector<OriginId>{b, a}));
  EXPECT_EQ(own.add_override(b, no_origin), b);
  const OriginId ids[] = {a, no_origin, b, a};
  EXPECT_EQ(parts(own.join(ids)), (std::vector<OriginId>{a, b}));
  const OriginId one[] = {no_origin, b};
  EXPECT_EQ(own.join(one), b);
  EXPECT_EQ(own.join({}), no_origin);
}

TEST(Types, KnowTheirGoNames) {
  EXPECT_EQ(Value::integer(1).type_name(), "int");
  EXPECT_EQ(Value::int64(1).type_name(), "int64");
  EXPECT_EQ(Value().type_name(), "<nil>");
  EXPECT_EQ(Value::nil_list(Type::slice_string).type_name(), "[]string");
  EXPECT_EQ(Value::nil_map(Type::values).type_name(), "common.Values");
  EXPECT_EQ(kind_name(Value::nil_map(Type::files).kind()), "map");
  EXPECT_EQ(type_info(Type::reflect_value).name, "reflect.Value");
  EXPECT_EQ(type_info(Type::interface).kind, Kind::interface);
}

/// What a piece of work makes, small and large.
void make_values(Heap& heap) {
  const Value made = heap.map();
  for (int i = 0; i < 30; ++i) {
    made.as_map()->set("key" + std::to_string(i), heap.list({heap.string(std::string(3000, 'x')), Value::integer(i)}));
  }
  made.as_map()->set(std::string(5000, 'k'), Value());
  made.as_map()->set_printed(heap.list({heap.string(std::string(6000, 'k'))}), Value());
}

TEST(Heap, TakesBackWhatWorkMade) {
  Heap heap;
  const Value old = heap.map();
  old.as_map()->set("key", heap.string("value"));
  const std::size_t used = heap.arena().used();
  for (int i = 0; i < 3; ++i) {
    heap.begin_work();
    make_values(heap);
    EXPECT_GT(heap.arena().used(), used);
    EXPECT_TRUE(heap.end_work());
    EXPECT_EQ(heap.arena().used(), used);
  }
  EXPECT_EQ(old.as_map()->find("key")->as_text(), "value");
}

TEST(Heap, KeepsWorkThatAnOlderMapMayReferTo) {
  const std::vector<void (*)(Heap&, Map&)> changes{
      [](Heap& heap, Map& map) { map.set("new", heap.string("text")); },
      [](Heap& heap, Map& map) { map.set("key", heap.string("text")); },
      [](Heap& heap, Map& map) { map.set_printed(heap.string("new"), heap.string("text")); },
      [](Heap& heap, Map& map) { *map.find_mutable("key") = heap.string("text"); },
      [](Heap& heap, Map& map) { map.mutable_entries()[0].value = heap.string("text"); },
  };
  for (const auto change : changes) {
    Heap heap;
    const Value old = heap.map();
    old.as_map()->set("key", heap.string("value"));
    heap.begin_work();
    make_values(heap);
    change(heap, *old.as_map());
    EXPECT_FALSE(heap.end_work());
    heap.begin_work();
    make_values(heap);
    EXPECT_TRUE(heap.end_work());
    const Value* const changed = old.as_map()->find(old.as_map()->contains("new") ? "new" : "key");
    EXPECT_EQ(changed->as_text(), "text");
  }
}

/// What was kept is older than the work that comes then.
TEST(Heap, KeepsWorkThatChangesWhatOtherWorkLeft) {
  Heap heap;
  const Value old = heap.map();
  heap.begin_work();
  const Value left = heap.map();
  old.as_map()->set("left", left);
  EXPECT_FALSE(heap.end_work());
  heap.begin_work();
  left.as_map()->set("key", heap.string("text"));
  EXPECT_FALSE(heap.end_work());
  heap.begin_work();
  make_values(heap);
  left.as_map()->erase("nothing");
  EXPECT_TRUE(heap.end_work());
  EXPECT_EQ(left.as_map()->find("key")->as_text(), "text");
}

/// A number tells one piece of work from the other.
TEST(Heap, KeepsAllWhenNumbersRunOut) {
  Heap heap;
  for (int i = 0; i < UINT16_MAX; ++i) {
    heap.begin_work();
    ASSERT_TRUE(heap.end_work());
  }
  heap.begin_work();
  const Value kept = heap.string(std::string(3000, 'x'));
  EXPECT_FALSE(heap.end_work());
  EXPECT_EQ(kept.as_text().size(), 3000u);
}

TEST(Heap, KnowsWhatLiesInIt) {
  Heap heap;
  Heap other;
  const Value inner = other.map();
  const Value map = heap.map();
  map.as_map()->set("list", heap.list({heap.map(), Value::integer(1)}));
  EXPECT_TRUE(is_all_in(heap, map));
  map.as_map()->set("inner", heap.list({inner}));
  EXPECT_FALSE(is_all_in(heap, map));
  inner.as_map()->freeze();
  EXPECT_TRUE(is_all_in(heap, map));
}

}  // namespace
TEST(Map, KeepsALongKeyOnce) {
  Heap heap;
  const auto add = [&](char letter) {
    const std::string key(1 << 20, letter);
    Map* const map = heap.new_map();
    map->set(key, Value::integer(1));
    EXPECT_TRUE(map->contains(key));
    EXPECT_EQ(map->entries().front().key, key);
  };
  add('a');
  const std::size_t once = heap.arena().used();
  EXPECT_GT(once, 1U << 20);
  for (int i = 0; i < 8; ++i) add('a');
  EXPECT_LT(heap.arena().used(), once + (1U << 20));
  add('b');
  EXPECT_GE(heap.arena().used(), once + (1U << 20));
}

TEST(Map, KeepsALongPrintedKeyOnce) {
  Heap heap;
  const Value large = heap.list({heap.string(std::string(1 << 20, 'x')), Value::integer(1)});
  const Value other = heap.list({heap.string(std::string(1 << 20, 'x')), Value::integer(2)});
  const auto add = [&](const Value& value) {
    Map* const map = heap.new_map();
    for (int i = 0; i < 3; ++i) map->set_printed(value, Value::integer(i));
    EXPECT_EQ(map->size(), 1U);
    EXPECT_EQ(map->entries().front().key, sprint(value));
    EXPECT_EQ(map->entries().front().value.as_integer(), 2);
  };
  const std::size_t before = heap.arena().used();
  add(large);
  const std::size_t once = heap.arena().used();
  EXPECT_GT(once, before + (1U << 20));
  for (int i = 0; i < 8; ++i) add(large);
  EXPECT_LT(heap.arena().used(), once + (1U << 20));
  add(other);
  EXPECT_GE(heap.arena().used(), once + (1U << 20));
  add(large);
  EXPECT_LT(heap.arena().used(), once + (2U << 20));
}

// Few entries and so many that the map has an index.
TEST(Map, CopyOfEntriesIsAMapOfItsOwn) {
  for (const int count : {0, 1, 5, 40}) {
    Heap heap;
    Map* const map = heap.new_map();
    for (int i = count; i > 0; --i) map->set("key-" + std::to_string(i), Value::integer(i));
    Map* const copy = heap.new_map(*map);
    EXPECT_TRUE(deep_equal(Value::map(copy), Value::map(map)));
    copy->set("another", Value::boolean(true));
    for (int i = 1; i <= count; ++i) copy->set("key-" + std::to_string(i), Value::integer(-i));
    EXPECT_EQ(copy->size(), static_cast<std::size_t>(count) + 1);
    EXPECT_EQ(map->size(), static_cast<std::size_t>(count));
    EXPECT_FALSE(map->contains("another"));
    for (int i = 1; i <= count; ++i) {
      EXPECT_EQ(map->find("key-" + std::to_string(i))->as_integer(), i);
      EXPECT_EQ(copy->find("key-" + std::to_string(i))->as_integer(), -i);
    }
  }
}

}  // namespace rhumb
