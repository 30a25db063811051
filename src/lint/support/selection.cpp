#include "lint/support/selection.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/support/near_name.h"
#include "lint/support/own_names.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// Put on pods by controllers.
constexpr std::string_view made_labels[] = {"statefulset.kubernetes.io/pod-name",
                                            "apps.kubernetes.io/pod-index",
                                            "batch.kubernetes.io/job-name",
                                            "job-name",
                                            "controller-uid",
                                            "pod-template-hash",
                                            "controller-revision-hash",
                                            "rollouts-pod-template-hash"};

bool changes_at_run_time(std::string_view key) {
  return strings::contains(key, "role") || strings::contains(key, "leader") ||
         std::find(std::begin(made_labels), std::end(made_labels), key) != std::end(made_labels);
}

struct Comparison {
  std::size_t equal = 0;
  std::size_t lacking = 0;
  /// A key that was probably meant, with the wanted value.
  std::string near_key;
  std::string wrong;  // the first key whose value differs
  std::string found;
};

Comparison compare(const manifest::Labels& selector, const manifest::Labels& labels) {
  Comparison result;
  for (const auto& [key, value] : selector) {
    const auto own = labels.find(key);
    if (own == labels.end()) {
      ++result.lacking;
      for (const auto& [other, text] : labels) {
        if (text == value && is_near(key, other)) result.near_key = other;
      }
    } else if (own->second == value) {
      ++result.equal;
    } else if (result.wrong.empty()) {
      result.wrong = key;
      result.found = own->second;
    }
  }
  return result;
}

std::optional<Miss> meant(const Object& selecting, const manifest::Labels& selector, const Candidate& candidate,
                          bool may_be_made) {
  const Comparison same = compare(selector, *candidate.labels);
  if (candidate.object->namespace_ != selecting.namespace_) {
    if (same.equal != selector.size()) return {};
    return Miss{candidate.object, fmt::format("{} has these labels, but lives in the namespace {}", candidate.title,
                                              candidate.object->namespace_)};
  }
  if (!same.near_key.empty() && same.equal + 1 == selector.size()) {
    return Miss{candidate.object, fmt::format("{} has the label {}", candidate.title, same.near_key)};
  }
  if (same.lacking > 0 || same.equal + 1 != selector.size()) return {};
  const bool is_namesake = candidate.object->name == selecting.name;
  const bool is_slip = is_near(selector.find(same.wrong)->second, same.found);
  const bool is_sibling = !may_be_made && same.equal > 0;
  if (!is_namesake && !is_slip && !is_sibling) return {};
  return Miss{candidate.object, fmt::format("{} has {}: {}", candidate.title, same.wrong, same.found)};
}

}  // namespace

std::optional<Miss> missed_selection(const Context& context, const Object& selecting, const manifest::Labels& selector,
                                     const std::vector<Candidate>& candidates) {
  if (selector.empty()) return {};
  const bool changes =
      std::any_of(selector.begin(), selector.end(), [](const auto& pair) { return changes_at_run_time(pair.first); });
  const auto& all = context.objects().all();
  const bool may_be_made = std::any_of(all.begin(), all.end(), may_make_objects);
  std::optional<Miss> best;
  for (const Candidate& candidate : candidates) {
    if (changes) break;
    auto miss = meant(selecting, selector, candidate, may_be_made);
    if (!miss) continue;
    const bool is_namesake = candidate.object->name == selecting.name;
    if (!best || is_namesake) best = std::move(miss);
  }
  if (!best && context.closed_world()) best.emplace();
  return best;
}

std::vector<Candidate> pod_candidates(const Context& context) {
  std::vector<Candidate> found;
  for (const Workload& workload : context.workloads().all()) {
    found.push_back({workload.object, &workload.labels, workload.title()});
  }
  return found;
}

}  // namespace rhumb::lint
