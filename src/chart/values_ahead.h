// Reads values.yaml of charts on other threads while the rest of their folders is still read.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "rhumb/base/parallel.h"
#include "rhumb/chart/loader.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::chart {

/// The map of a values.yaml, frozen, in `heap`. Errors as those of yaml::read_values; a limit that is passed is one
/// too.
Result<Value> read_frozen_values(std::string_view text, Heap& heap, const yaml::ReadOptions& options, bool helm3);

/// To be used by one thread; the queue's threads work for it.
class ValuesAhead {
 public:
  /// Without a queue, or with origins, nothing is read ahead. The texts of the files outlive the queue's work.
  explicit ValuesAhead(const LoadContext& context);

  /// Has the file read, if it is the values.yaml of a chart or of one in its charts/, and long enough.
  void offer(const File& file);
  /// What was read of an offered file, once; waits for it where somebody has begun to. Nothing where nobody has.
  std::optional<Result<Value>> take(const File& file);
  /// What holds all these values.
  std::shared_ptr<const void> memory() const;

 private:
  struct State;

  WorkQueue* queue_;
  bool helm3_;
  yaml::ReadOptions options_;
  std::shared_ptr<State> state_;  // of the work too, which may end after all this: loading fails early
};

}  // namespace rhumb::chart
