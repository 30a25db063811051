// The growth of Go's slices: capacity.tsv, recorded by tests/oracle/capacity.
#include "rhumb/value/capacity.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "rhumb/value/value.h"
#include "unit/tsv.h"

namespace rhumb {
namespace {

constexpr std::array lists{Type::slice_any, Type::slice_string, Type::slice_int, Type::slice_slice_any,
                           Type::slice_map_any};

TEST(Capacity, GrowsAsRecorded) {
  for (const test::TsvLine& line : test::read_tsv("value/capacity.tsv")) {
    for (const Type list : lists) {
      if (type_info(list).name != line[0]) continue;
      EXPECT_EQ(grown_capacity(std::stoul(line[1]), std::stoul(line[2]), list), std::stoul(line[3]))
          << "capacity.tsv:" << line.number;
    }
  }
}

TEST(Capacity, OfAnAppendedListIsKeptByItsCopy) {
  Heap heap;
  const std::array items{Value::integer(1), Value::integer(2), Value::integer(3)};
  const Value list = heap.appended_list(items);
  EXPECT_EQ(list.list_payload()->zeros, 1U);
  EXPECT_EQ(deep_copy(heap, list).list_payload()->zeros, 1U);
  EXPECT_EQ(heap.list(items).list_payload()->zeros, 0U);
}

}  // namespace
}  // namespace rhumb
