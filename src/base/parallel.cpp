#include "rhumb/base/parallel.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
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

/// Where processors share no cache, as virtual machines often tell, the kernel puts a thread that is started or woken
/// behind the one that did so, for milliseconds, while another processor has nothing to do.
void Task::keep_off(int processor) {
  cpu_set_t set;
  if (state_ == nullptr || processor < 0 || sched_getaffinity(0, sizeof set, &set) != 0) return;
  CPU_CLR(static_cast<std::size_t>(processor), &set);
  if (CPU_COUNT(&set) > 0) pthread_setaffinity_np(state_->thread, sizeof set, &set);
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

struct WorkQueue::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::function<void()>> waiting;
  std::size_t busy = 0;  // helpers at work
  bool ends = false;

  /// Does one piece, if there is one; `lock` is open meanwhile.
  bool do_one(std::unique_lock<std::mutex>& lock) {
    if (waiting.empty()) return false;
    const std::function<void()> work = std::move(waiting.front());
    waiting.pop_front();
    lock.unlock();
    try {
      work();
    } catch (...) {  // NOLINT(bugprone-empty-catch): pieces keep their own errors
    }
    lock.lock();
    return true;
  }

  void help() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return ends || !waiting.empty(); });
      if (waiting.empty()) return;
      ++busy;
      do_one(lock);
      --busy;
      if (busy == 0) changed.notify_all();
    }
  }
};

WorkQueue::WorkQueue(unsigned threads) : most_helpers_(std::max(threads, 1U) - 1), state_(std::make_unique<State>()) {}

WorkQueue::~WorkQueue() {
  clear();
  {
    const std::lock_guard lock(state_->mutex);
    state_->ends = true;
  }
  state_->changed.notify_all();
  helpers_.clear();
}

void WorkQueue::add(std::function<void()> work) {
  bool needs_helper = false;
  {
    const std::lock_guard lock(state_->mutex);
    state_->waiting.push_back(std::move(work));
    needs_helper = helpers_.size() < most_helpers_ && state_->waiting.size() + state_->busy > helpers_.size();
  }
  keep_helpers_off();
  if (needs_helper) start_helper();
  state_->changed.notify_one();
}

void WorkQueue::keep_helpers_off() {
  const int here = sched_getcpu();
  if (here == processor_) return;
  processor_ = here;
  for (const auto& helper : helpers_) helper->keep_off(here);
}

/// Without a thread to be had the work is done in finish().
void WorkQueue::start_helper() {
  auto helper = std::make_unique<Task>([&state = *state_] { state.help(); });
  if (helper->is_running()) {
    helper->keep_off(processor_);
    helpers_.push_back(std::move(helper));
  } else {
    most_helpers_ = static_cast<unsigned>(helpers_.size());
  }
}

void WorkQueue::clear() {
  const std::lock_guard lock(state_->mutex);
  state_->waiting.clear();
}

void WorkQueue::finish() {
  std::unique_lock lock(state_->mutex);
  while (state_->do_one(lock)) {
  }
  state_->changed.wait(lock, [this] { return state_->busy == 0; });
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

namespace {

/// Keeps what the first of several pieces of work threw.
class FirstError {
 public:
  void run(std::size_t i, const std::function<void(std::size_t)>& work) {
    try {
      work(i);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (i < failed_at_) error_ = std::current_exception();
      failed_at_ = std::min(failed_at_, i);
    }
  }
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::mutex mutex_;
  std::size_t failed_at_ = SIZE_MAX;
  std::exception_ptr error_;
};

}  // namespace

void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  FirstError error;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) error.run(i, work);
  };
  std::vector<std::unique_ptr<Task>> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i) {
    helpers.push_back(std::make_unique<Task>(take));
    helpers.back()->keep_off(sched_getcpu());
  }
  take();
  for (const auto& helper : helpers) {
    if (helper->is_running()) helper->join();
  }
  error.rethrow();
}

void parallel_for(std::size_t count, WorkQueue& queue, const std::function<void(std::size_t)>& work) {
  FirstError error;
  for (std::size_t i = 0; i < count; ++i) {
    queue.add([&, i] { error.run(i, work); });
  }
  queue.finish();
  error.rethrow();
}

}  // namespace rhumb
