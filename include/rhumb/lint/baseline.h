// A baseline: the findings that are known and left for later. A file of JSON, one line per fault, sorted, so that it
// can be reviewed:
//   {"version": 1, "findings": [
//     {"fingerprint": "...", "rule": "...", "chart": "...", "object": "...", "path": "...", "message": "..."}
//   ]}
// Only the fingerprint counts; the rest is for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/result.h"
#include "rhumb/lint/lint.h"

namespace rhumb::lint {

struct BaselineEntry {
  std::string fingerprint;
  std::string rule;
  std::string chart;
  std::string object;
  std::string path;
  std::string message;
  Span span;  // in the file
};
using Baseline = std::vector<BaselineEntry>;

/// Errors name the file: "baseline.json: ...".
Result<Baseline> read_baseline(FileId file, const Sources& sources);
/// Of all findings that nothing else silences.
std::string write_baseline(const Outcome& outcome);

/// Silences what the baseline holds; what of it no finding matches becomes a finding of its own, for the charts that
/// were linted.
void apply_baseline(Outcome& outcome, const Baseline& baseline);

}  // namespace rhumb::lint
