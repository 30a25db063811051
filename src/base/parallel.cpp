#include "rhumb/base/parallel.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace rhumb {

struct Task::State {
  pthread_t thread{};
  Task* task = nullptr;

  static void* run(void* argument) {
    Task& task = *static_cast<State*>(argument)->task;
    try {
      task.work_();
    } catch (...) {
      task.error_ = std::current_exception();
    }
    return nullptr;
  }
};

unsigned processors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

Task::Task(std::function<void()> work, std::size_t stack_bytes)
    : work_(std::move(work)), state_(std::make_unique<State>()) {
  state_->task = this;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  const bool started = pthread_attr_setstacksize(&attributes, stack_bytes) == 0 &&
                       pthread_create(&state_->thread, &attributes, &State::run, state_.get()) == 0;
  pthread_attr_destroy(&attributes);
  if (!started) state_.reset();
}

Task::~Task() {
  if (state_ != nullptr) pthread_join(state_->thread, nullptr);
}

void Task::join() {
  if (state_ != nullptr) {
    pthread_join(state_->thread, nullptr);
    state_.reset();
  } else if (work_) {
    work_();
  }
  work_ = nullptr;
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void run_on_large_stack(std::size_t stack_bytes, const std::function<void()>& function) {
  Task task(function, stack_bytes);
  if (!task.is_running()) throw std::runtime_error("cannot start a thread");
  task.join();
}

unsigned threads_for(std::size_t bytes, unsigned threads) {
#ifdef RHUMB_STRESS
  constexpr std::size_t worthwhile_bytes = 0;
#else
  constexpr std::size_t worthwhile_bytes = 8 << 10;
#endif
  return bytes < worthwhile_bytes ? 1 : threads;
}

void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::size_t failed_at = count;
  std::exception_ptr error;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (i < failed_at) error = std::current_exception();
        failed_at = std::min(failed_at, i);
      }
    }
  };
  std::vector<std::unique_ptr<Task>> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i) {
    helpers.push_back(std::make_unique<Task>(take));
  }
  take();
  for (const auto& helper : helpers) {
    if (helper->is_running()) helper->join();
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace rhumb
