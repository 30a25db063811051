#include "rhumb/base/parallel.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace rhumb {
namespace {

TEST(Task, RunsBesideTheCaller) {
  std::atomic<int> done = 0;
  Task task([&] { done = 1; });
  task.join();
  EXPECT_EQ(done, 1);
}

TEST(Task, PassesExceptionsOn) {
  Task task([] { throw std::runtime_error("from the task"); });
  try {
    task.join();
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "from the task");
  }
}

TEST(Task, DropsWhatNobodyAskedFor) {
  std::atomic<int> done = 0;
  {
    const Task task([&] {
      done = 1;
      throw std::runtime_error("x");
    });
  }
  EXPECT_EQ(done, 1);
}

TEST(Task, DoesWithoutAThreadWhatJoinAsksFor) {
  int done = 0;
  Task task([&] { ++done; }, std::size_t{1} << 60);  // no such stack
  EXPECT_FALSE(task.is_running());
  EXPECT_EQ(done, 0);
  task.join();
  EXPECT_EQ(done, 1);
}

/// The processors that a thread may run on after it was told to keep off one.
int places_without(int processor) {
  std::atomic<bool> told = false;
  int places = 0;
  Task task([&] {
    while (!told) sched_yield();
    cpu_set_t set;
    sched_getaffinity(0, sizeof set, &set);
    places = CPU_COUNT(&set);
  });
  task.keep_off(processor);
  told = true;
  task.join();
  return places;
}

TEST(Task, KeepsOffAProcessorWhereThereIsAnother) {
  const int all = static_cast<int>(processors());
  EXPECT_EQ(places_without(sched_getcpu()), all == 1 ? 1 : all - 1);
  EXPECT_EQ(places_without(-1), all);
}

TEST(ParallelFor, DoesEverythingOnce) {
  for (const unsigned threads : {0U, 1U, 2U, 7U}) {
    std::vector<std::atomic<int>> done(100);
    parallel_for(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    for (const auto& count : done) EXPECT_EQ(count, 1);
  }
  parallel_for(0, 4, [](std::size_t) { FAIL(); });
}

TEST(ParallelFor, ThrowsWhatFailedFirst) {
  for (const unsigned threads : {1U, 3U}) {
    std::atomic<int> done = 0;
    try {
      parallel_for(50, threads, [&](std::size_t i) {
        ++done;
        if (i >= 20) throw std::runtime_error(std::to_string(i));
      });
      FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "20");
    }
    EXPECT_EQ(done, 50);
  }
}

TEST(ParallelFor, WithAQueueDoesWhatWaitsThereToo) {
  for (const unsigned threads : {1U, 2U, 4U}) {
    WorkQueue queue(threads);
    std::atomic<int> before = 0;
    for (int i = 0; i < 20; ++i) queue.add([&] { ++before; });
    std::vector<std::atomic<int>> done(100);
    parallel_for(done.size(), queue, [&](std::size_t i) { ++done[i]; });
    for (const auto& each : done) EXPECT_EQ(each, 1);
    EXPECT_EQ(before, 20);
    try {
      parallel_for(50, queue, [](std::size_t i) {
        if (i >= 7) throw std::runtime_error(std::to_string(i));
      });
      FAIL();
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "7");
    }
  }
}

TEST(WorkQueue, DoesEverythingOnceInFinish) {
  for (const unsigned threads : {0U, 1U, 2U, 5U}) {
    std::vector<std::atomic<int>> done(200);
    WorkQueue queue(threads);
    for (int round = 0; round < 2; ++round) {
      for (std::atomic<int>& count : done) {
        queue.add([&count] {
          ++count;
          throw std::runtime_error("nobody hears of it");
        });
      }
      queue.finish();
      for (const auto& count : done) EXPECT_EQ(count, round + 1);
    }
  }
}

TEST(WorkQueue, BeginsBeforeItIsWaitedFor) {
  WorkQueue queue(2);
  std::promise<void> begun;
  queue.add([&] { begun.set_value(); });
  begun.get_future().wait();
  queue.finish();
}

TEST(WorkQueue, HelpersKeepOffTheProcessorOfTheCaller) {
  if (processors() < 2) GTEST_SKIP() << "there is no other processor";
  WorkQueue queue(2);
  std::promise<void> begun;
  queue.add([&] { begun.set_value(); });
  begun.get_future().wait();  // from here on a helper is there and has been told
  std::promise<int> places;
  queue.add([&] {
    cpu_set_t set;
    sched_getaffinity(0, sizeof set, &set);
    places.set_value(CPU_COUNT(&set));
  });
  EXPECT_EQ(places.get_future().get(), static_cast<int>(processors()) - 1);
}

TEST(ParallelFor, HelpersKeepOffTheProcessorOfTheCaller) {
  if (processors() < 2) GTEST_SKIP() << "there is no other processor";
  const auto caller = std::this_thread::get_id();
  std::latch both(2);
  std::atomic<int> places = 0;
  parallel_for(2, 2, [&](std::size_t) {
    both.arrive_and_wait();  // the caller comes here when the helper has been told
    if (std::this_thread::get_id() == caller) return;
    cpu_set_t set;
    sched_getaffinity(0, sizeof set, &set);
    places = CPU_COUNT(&set);
  });
  EXPECT_EQ(places, static_cast<int>(processors()) - 1);
}

TEST(WorkQueue, ForgetsWhatHasNotBegun) {
  std::promise<void> begun;
  std::promise<void> may_end;
  std::atomic<int> done = 0;
  {
    WorkQueue queue(2);
    queue.add([&] {
      begun.set_value();
      may_end.get_future().wait();
      ++done;
    });
    begun.get_future().wait();
    for (int i = 0; i < 10; ++i) queue.add([&] { done += 100; });
    queue.clear();
    may_end.set_value();
  }
  EXPECT_EQ(done, 1);
}

TEST(WorkQueue, WithoutThreadsNothingBegins) {
  int done = 0;
  {
    WorkQueue queue(1);
    queue.add([&] { ++done; });
  }
  EXPECT_EQ(done, 0);
}

TEST(ThreadsFor, SmallTextsStayOnOne) {
  EXPECT_EQ(threads_for(1 << 20, 4), 4U);
  EXPECT_EQ(threads_for(1 << 20, 1), 1U);
#ifdef RHUMB_STRESS
  EXPECT_EQ(threads_for(10, 4), 4U);
#else
  EXPECT_EQ(threads_for(10, 4), 1U);
#endif
}

TEST(Processors, AreAtLeastOne) { EXPECT_GE(processors(), 1U); }

}  // namespace
}  // namespace rhumb
