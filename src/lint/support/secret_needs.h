// Keys of Secrets that pods cannot do without.
#pragma once

#include <string>

#include "lint/context.h"

namespace rhumb::lint {

/// The first key that the workload asks of a Secret of the release which does not have it, be it by a reference or by
/// the path of a file in the mounted Secret: "the key admin-password of the Secret db". Empty for none, and for Secrets
/// that are not the release's own.
std::string missing_secret_key(const Run& run, const Workload& workload);

}  // namespace rhumb::lint
