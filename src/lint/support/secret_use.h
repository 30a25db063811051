// Which Secrets pods use, and what the release knows about them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// All references of one workload to one Secret.
struct SecretUse {
  const Workload* workload = nullptr;
  std::string_view name;
  std::vector<manifest::Reference> references;  // not empty

  bool is_optional() const;
  /// Only to pull images.
  bool is_for_pulling() const;
};

/// By workload, then in the order of the first reference.
std::vector<SecretUse> secret_uses(const Workloads& workloads);

/// The names of all Secrets that objects of the release are, or make.
std::vector<std::string> known_secrets(const Objects& objects, std::string_view namespace_);

/// The known Secret that was probably meant; empty for none. A number more or less is another Secret, no slip.
std::string meant_secret(const Objects& objects, std::string_view namespace_, std::string_view name);

/// Whether keys may be added by something that does not show: a token controller, a generator, a replicator, a Job that
/// fills an empty Secret.
bool may_get_keys(const manifest::KeySource& source);

}  // namespace rhumb::lint
