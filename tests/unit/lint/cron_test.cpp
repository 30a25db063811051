// Schedules of CronJobs: cron.tsv, recorded by tests/oracle/schedules.
#include "lint/support/cron.h"

#include "unit/tsv.h"

namespace rhumb::lint {
namespace {

std::string answer(const test::TsvLine& line) {
  const auto schedule = CronSchedule::parse(line[1]);
  if (!schedule) return schedule.error().message;
  if (line.name() == "error") return "no error";
  const auto next = schedule->next(std::stoll(line[2]));
  return next ? std::to_string(*next) : "never";
}

TEST(CronSchedule, AnswersAsKubernetes) {
  for (const test::TsvLine& line : test::read_tsv("lint/cron.tsv")) {
    EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line[1];
  }
}

std::optional<std::int64_t> pause_hours(std::string_view text) {
  const auto pause = CronSchedule::parse(text)->longest_pause();
  if (!pause) return {};
  return *pause / 3600;
}

TEST(CronSchedule, KnowsTheShortestPause) {
  const auto seconds = [](std::string_view text) { return CronSchedule::parse(text)->shortest_pause(); };
  EXPECT_EQ(86400, seconds("0 2 * * 1-5"));
  EXPECT_EQ(900, seconds("*/15 9-17 * * *"));
  EXPECT_EQ(60, seconds("0,1 * * * *"));
  EXPECT_EQ(5400, seconds("@every 90m"));
  EXPECT_EQ(std::nullopt, seconds("0 0 31 2 *"));
}

TEST(CronSchedule, KnowsTheLongestPause) {
  EXPECT_EQ(24, pause_hours("0 2 * * *"));
  EXPECT_EQ(24, pause_hours("@daily"));
  EXPECT_EQ(6, pause_hours("@every 6h"));
  EXPECT_EQ(72, pause_hours("0 2 * * 1-5"));  // over the weekend
  EXPECT_EQ(168, pause_hours("0 2 * * 0"));
  EXPECT_EQ(21, pause_hours("0 2,5 * * *"));
  EXPECT_EQ(31 * 24, pause_hours("@monthly"));
  EXPECT_EQ(std::nullopt, pause_hours("0 0 31 2 *"));
}

TEST(CronSchedule, KeepsTheZoneThatTheApiServerRefuses) {
  EXPECT_EQ("Asia/Kolkata", CronSchedule::parse("CRON_TZ=Asia/Kolkata 0 2 * * *")->zone());
  EXPECT_EQ("", CronSchedule::parse("0 2 * * *")->zone());
  EXPECT_EQ("there is no schedule behind the zone: TZ=UTC", CronSchedule::parse("TZ=UTC").error().message);
}

}  // namespace
}  // namespace rhumb::lint
