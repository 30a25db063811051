// values.schema.json of a chart and its dependencies.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "rhumb/render/render.h"

namespace rhumb::render {

/// Checks values as ValidateAgainstSchema and its caller do, helm 4.3.1. The values are copied: they may change
/// meanwhile.
class SchemaChecks {
 public:
  /// Chart and world outlive it.
  SchemaChecks(const chart::ChartInstance& root, const Value& values, const World& world, const Options& options);
  SchemaChecks(const SchemaChecks&) = delete;
  SchemaChecks& operator=(const SchemaChecks&) = delete;
  ~SchemaChecks();

  /// Hands the checks over to the world's queue, where there is one and enough to do: from then on they may be at work,
  /// and somebody may clear the queue. Returns whether it did.
  bool begin();
  /// Whether a check that was handed over has failed by now. On any thread.
  bool have_failed() const { return failed_; }
  /// Waits for what is at work and does what is left. Errors: what does not fit, of all charts.
  Result<void> result();

 private:
  struct Check;
  class Collector;

  void run(Check& check);
  void run_or_keep(Check& check);
  std::size_t schema_bytes() const;

  const World& world_;
  const Options& options_;
  std::vector<std::unique_ptr<Check>> checks_;
  std::atomic<bool> failed_ = false;
  bool begun_ = false;
};

}  // namespace rhumb::render
