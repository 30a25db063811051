// Threads for work that recurses.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <vector>

namespace rhumb {

/// Enough for whatever recurses as deep as the limits allow (Go's own stack goes to 1 GB); only what is touched is ever
/// taken from the system.
inline constexpr std::size_t large_stack_bytes = std::size_t{1} << 30;

/// How many threads this process may keep busy.
unsigned processors();

/// Work that runs beside the caller's, on a thread with a stack of its own. Without a thread to be had it is done in
/// join().
class Task {
 public:
  explicit Task(std::function<void()> work, std::size_t stack_bytes = large_stack_bytes);
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  /// Waits. An exception that nobody asked for is dropped.
  ~Task();

  /// Waits, and throws what the work threw.
  void join();
  /// Whether there is a thread.
  bool is_running() const { return state_ != nullptr; }
  /// Lets the thread run on every processor of the caller but that one, if there is another.
  void keep_off(int processor);

 private:
  struct State;

  std::function<void()> work_;
  std::unique_ptr<State> state_;
  std::exception_ptr error_;
};

/// Work that others do while the caller goes on: in the order in which it was added, each piece on one of up to
/// `threads - 1` threads that start when there is something to do. To be used by one thread. What work throws is
/// dropped: pieces keep their own errors.
class WorkQueue {
 public:
  explicit WorkQueue(unsigned threads);
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;
  /// Drops what has not begun and waits for the rest.
  ~WorkQueue();

  void add(std::function<void()> work);
  /// Forgets what has not begun.
  void clear();
  /// Works with the others until everything is done.
  void finish();

 private:
  struct State;

  void start_helper();
  void keep_helpers_off();

  unsigned most_helpers_;
  int processor_ = -1;  // the adding thread's, which helpers keep off
  std::unique_ptr<State> state_;
  std::vector<std::unique_ptr<Task>> helpers_;
};

/// Calls `work` on a thread with a stack of that many bytes (only what is touched is ever taken from the system) and
/// waits for it. Exceptions pass through.
void run_on_large_stack(std::size_t stack_bytes, const std::function<void()>& work);

/// How many of the threads to use for so many bytes of text: one where starting others would take longer.
unsigned threads_for(std::size_t bytes, unsigned threads);

/// Calls work(i) for every i below `count`, on up to `threads` threads of which the caller's is one. Throws what the
/// first i of those that failed threw; the others are done all the same.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);
/// The same with the threads of a queue, behind what is waiting there.
void parallel_for(std::size_t count, WorkQueue& queue, const std::function<void(std::size_t)>& work);

}  // namespace rhumb
