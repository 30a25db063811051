#include <gtest/gtest.h>

#include "rhumb/base/log.h"

namespace rhumb {
namespace {

class WarningsOnly final : public Log {
 public:
  bool wants(LogLevel level) const override { return level >= LogLevel::warn; }
  void write(LogLevel, std::string_view message, std::vector<LogAttribute>) override { text.append(message); }

  std::string text;
};

TEST(KeptLog, KeepsEverythingInOrder) {
  KeptLog kept;
  EXPECT_TRUE(kept.wants(LogLevel::debug));
  kept.write(LogLevel::debug, "a");
  kept.write(LogLevel::warn, "b");
  WarningsOnly log;
  kept.replay(log);
  EXPECT_EQ(log.text, "ab");
}

TEST(KeptLog, KeepsWhatItsTargetWants) {
  WarningsOnly log;
  KeptLog kept(log);
  EXPECT_FALSE(kept.wants(LogLevel::debug));
  EXPECT_TRUE(kept.wants(LogLevel::error));
  kept.write(LogLevel::debug, "a");
  kept.write(LogLevel::warn, "b");
  kept.replay(log);
  EXPECT_EQ(log.text, "b");
}

}  // namespace
}  // namespace rhumb
