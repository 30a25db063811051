// What keeps the pods of a workload apart: terms of pod anti-affinity and topology spread constraints, and whether they
// look at the workload's own pods at all.
#pragma once

#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

struct SpreadTerm {
  Node node;      // the anti-affinity term, without its weight, or the constraint
  Node selector;  // its labelSelector; may be none
  std::string_view topology_key;
  bool is_constraint = false;  // else a term of podAntiAffinity
  bool is_hard = false;        // required, or DoNotSchedule
  /// It counts the workload's own pods. A term whose namespaces cannot be known is taken to do so.
  bool selects_own = false;
};

std::vector<SpreadTerm> spread_terms(const Workload& workload, const Objects& objects);

/// The first one that does not look at the workload's own pods, to be shown as the likely cause; null for none.
const SpreadTerm* first_foreign(const std::vector<SpreadTerm>& terms);

/// Pods that a selector with those requirements would select, had it none of them: whether one of its plain
/// requirements (a label of one value) holds for the labels. Tells a slip in an own selector from a selector of
/// somebody else's pods.
bool shares_label(Node selector, const manifest::Labels& labels);

}  // namespace rhumb::lint
