#include "rhumb/base/host.h"
#include "rhumb/base/parallel.h"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

namespace rhumb {
namespace {

TEST(Host, DeterministicRepeatsItself) {
  std::array<std::byte, 100> a{};
  std::array<std::byte, 100> b{};
  const auto first = make_deterministic_host();
  const auto second = make_deterministic_host();
  first->random(a);
  second->random(std::span(b).first(33));
  second->random(std::span(b).subspan(33));
  EXPECT_EQ(a, b);
  EXPECT_TRUE(first->deterministic());
  EXPECT_EQ(first->now().seconds, 946684800);
  EXPECT_EQ(first->local_zone(), "UTC");
  EXPECT_FALSE(first->environment("PATH").has_value());
  EXPECT_FALSE(first->look_up_host("localhost").has_value());
}

TEST(Host, SystemDoesNot) {
  std::array<std::byte, 32> a{};
  std::array<std::byte, 32> b{};
  const auto host = make_system_host();
  host->random(a);
  host->random(b);
  EXPECT_NE(a, b);
  EXPECT_GT(host->now().seconds, 1'700'000'000);
  EXPECT_TRUE(host->environment("PATH").has_value());
  EXPECT_EQ(host->look_up_host("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(host->look_up_host("no-such-name.invalid"), std::nullopt);
}

int depth(int n) {
  volatile char frame[1024];
  frame[0] = static_cast<char>(n);
  return n == 0 ? frame[0] : depth(n - 1) + 1;
}

TEST(LargeStack, HoldsADeepRecursionAndPassesExceptions) {
  int reached = 0;
  run_on_large_stack(512u << 20, [&] { reached = depth(100000); });
  EXPECT_EQ(reached, 100000);
  EXPECT_THROW(run_on_large_stack(1u << 20, [] { throw std::runtime_error("x"); }), std::runtime_error);
}

}  // namespace
}  // namespace rhumb
