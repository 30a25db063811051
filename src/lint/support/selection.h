// Selectors that select nothing: whether that is a fault or leads out of the release.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// Something that a selector might have meant.
struct Candidate {
  const Object* object = nullptr;
  const manifest::Labels* labels = nullptr;
  std::string title;  // "Deployment/web"
};

struct Miss {
  const Object* meant = nullptr;
  std::string why;  // "Deployment/web has app: web"
};

/// Why a plain selector that selects nothing was meant for one of the candidates: they live in another namespace, one
/// carries the selector's own name or nearly its value, or all of the selector's pairs but one, whose value differs. A
/// key that pods do not have may be put on them while they run (role: primary), and what custom resources make is not
/// seen at all.
std::optional<Miss> missed_selection(const Context& context, const Object& selecting, const manifest::Labels& selector,
                                     const std::vector<Candidate>& candidates);

/// The pods of the release.
std::vector<Candidate> pod_candidates(const Context& context);

}  // namespace rhumb::lint
