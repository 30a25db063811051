#include "values_ahead.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rhumb::chart {
namespace {

#ifdef RHUMB_STRESS
constexpr std::size_t worthwhile_bytes = 0;
#else
constexpr std::size_t worthwhile_bytes = 4 << 10;  // below, to wait for it may take longer than to read it
#endif

}  // namespace

Result<Value> read_frozen_values(std::string_view text, Heap& heap, const yaml::ReadOptions& options, bool helm3) try {
  Result<Value> values = yaml::read_values(text, heap, options, helm3);
  if (values) freeze(*values);
  return values;
} catch (const LimitError& limit) {
  return error(limit.what());
}

struct ValuesAhead::State {
  enum class Stage { waiting, begun, done };
  struct Job {
    Stage stage = Stage::waiting;
    std::optional<Result<Value>> values;
    std::exception_ptr error;
  };

  /// Begins a job that nobody has begun.
  bool begin(FileId file) {
    const std::lock_guard lock(mutex);
    Job& job = jobs.at(file);
    return job.stage == Stage::waiting && (job.stage = Stage::begun) == Stage::begun;
  }

  /// One for each thread at work, so that there are no more of them than needed.
  Heap* take_heap(std::size_t limit_bytes) {
    const std::lock_guard lock(mutex);
    if (idle_heaps.empty()) {
      heaps.push_back(std::make_unique<Heap>(Heap::Options{limit_bytes, SIZE_MAX, false}));
      return heaps.back().get();
    }
    Heap* const heap = idle_heaps.back();
    idle_heaps.pop_back();
    return heap;
  }

  void read(const File& file, const yaml::ReadOptions& options, bool helm3) {
    if (!begin(file.source)) return;
    Heap* const heap = take_heap(options.limits.memory_bytes);
    std::optional<Result<Value>> values;
    std::exception_ptr error;
    try {
      values = read_frozen_values(file.data, *heap, options, helm3);
    } catch (...) {
      error = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex);
      idle_heaps.push_back(heap);
      jobs.at(file.source) = {Stage::done, std::move(values), std::move(error)};
    }
    finished.notify_all();
  }

  std::mutex mutex;
  std::condition_variable finished;
  std::vector<std::unique_ptr<Heap>> heaps;
  std::vector<Heap*> idle_heaps;
  std::unordered_map<FileId, Job> jobs;
};

ValuesAhead::ValuesAhead(const LoadContext& context)
    : queue_(context.origins == nullptr ? context.queue : nullptr),
      helm3_(context.helm3),
      state_(queue_ == nullptr ? nullptr : std::make_shared<State>()) {
  options_.limits = context.limits;
}

void ValuesAhead::offer(const File& file) {
  if (state_ == nullptr || file.data.size() < worthwhile_bytes || path_in_own_chart(file.name) != "values.yaml") return;
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->jobs.try_emplace(file.source).second) return;
  }
  queue_->add([state = state_, file, options = options_, helm3 = helm3_] { state->read(file, options, helm3); });
}

std::optional<Result<Value>> ValuesAhead::take(const File& file) {
  if (state_ == nullptr) return std::nullopt;
  std::unique_lock lock(state_->mutex);
  const auto found = state_->jobs.find(file.source);
  if (found == state_->jobs.end()) return std::nullopt;
  State::Job& job = found->second;
  if (job.stage == State::Stage::waiting) {
    job.stage = State::Stage::begun;  // by the caller
    return std::nullopt;
  }
  state_->finished.wait(lock, [&job] { return job.stage == State::Stage::done; });
  if (job.error) std::rethrow_exception(job.error);
  return std::exchange(job.values, std::nullopt);
}

std::shared_ptr<const void> ValuesAhead::memory() const { return state_; }

}  // namespace rhumb::chart
