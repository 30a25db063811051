// Chart.lock as `helm dependency build` looks at it.
#pragma once

#include <string>

#include "rhumb/chart/metadata.h"

namespace rhumb::lint {

/// The digest that `helm dependency update` writes for these dependencies: "sha256:...". As resolver.HashReq.
std::string lock_digest(const chart::Metadata& metadata, const chart::Lock& lock);

enum class LockState : unsigned char {
  in_step,
  out_of_step,  // `helm dependency build` refuses it
  unknown,      // a repository is named by what a user calls it, and Helm takes the digest of its address
};

/// Compares digests as Manager.Build, helm 4.3.1: a requirements.lock may have the one of Helm 2 as well.
LockState lock_state(const chart::Metadata& metadata, const chart::Lock& lock);

}  // namespace rhumb::lint
