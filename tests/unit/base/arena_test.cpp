#include "rhumb/base/arena.h"

#include <gtest/gtest.h>

#include "rhumb/base/limits.h"

namespace rhumb {
namespace {

TEST(Arena, AlignsAndKeeps) {
  Arena arena;
  std::vector<std::string_view> kept;
  for (std::size_t i = 0; i < 3000; ++i) {
    kept.push_back(arena.copy(std::string(i % 300, static_cast<char>('a' + i % 26))));
    auto* const number = arena.create<std::uint64_t>(i);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(number) % alignof(std::uint64_t), 0u);
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(kept[i], std::string(i % 300, static_cast<char>('a' + i % 26)));
  }
}

TEST(Arena, CountsAgainstItsLimit) {
  Arena arena(1 << 20);
  EXPECT_THROW(arena.allocate((1 << 20) + 1, 1), LimitError);
  EXPECT_THROW(arena.allocate(SIZE_MAX - 8, 16), LimitError);
  EXPECT_THROW(for (int i = 0; i < 100000; ++i) arena.allocate(100, 8), LimitError);
  EXPECT_LE(arena.used(), std::size_t{1} << 20);
  arena.discharge(arena.used());
  EXPECT_NO_THROW(arena.charge(1 << 20));
  EXPECT_THROW(arena.charge(1), LimitError);
}

TEST(Arena, LargeRequestsLeaveTheCurrentBlockInUse) {
  Arena arena;
  arena.allocate(8, 8);
  const std::size_t before = arena.used();
  arena.allocate(5 << 20, 8);
  arena.allocate(8, 8);
#ifndef RHUMB_STRESS
  EXPECT_LT(arena.used() - before, (5u << 20) + 64);
#else
  EXPECT_GT(arena.used(), before);
#endif
}

TEST(Arena, GoesBack) {
  Arena arena;
  const std::string_view kept = arena.copy("kept");
  std::size_t used = 0;
  for (int round = 0; round < 5; ++round) {
    const std::size_t before = arena.used();
    const Arena::Mark mark = arena.mark();
    for (int i = 0; i < 3000; ++i) {
      const std::string text(static_cast<std::size_t>(i % 300), 'x');
      ASSERT_EQ(arena.copy(text), text);
    }
    arena.allocate(5 << 20, 8);
    arena.copy("behind the large one");
    EXPECT_EQ(round == 0 ? 0 : arena.used(), used) << "every round takes the same";
    used = arena.used();
    arena.rewind(mark);
    EXPECT_EQ(arena.used(), before);
  }
  EXPECT_EQ(kept, "kept");
}

}  // namespace
}  // namespace rhumb
