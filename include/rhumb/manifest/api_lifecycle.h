// Which APIs of Kubernetes are deprecated and which are gone, by version of Kubernetes.
#pragma once

#include <span>
#include <string_view>

namespace rhumb::manifest {

struct ApiLifecycle {
  std::string_view group;
  std::string_view version;
  std::string_view kind;
  /// Minor versions of Kubernetes 1: since when it warns, since when it is not served; 0 for not planned. What lies
  /// ahead is what the API server announces.
  int deprecated = 0;
  int removed = 0;
  /// apiVersion that takes its place; empty for none.
  std::string_view replacement;
  /// Where the kind changes as well.
  std::string_view replacement_kind;
};

/// Of an API that is or will be deprecated; null for any other.
const ApiLifecycle* api_lifecycle(std::string_view group, std::string_view version, std::string_view kind);
std::span<const ApiLifecycle> api_lifecycles();

}  // namespace rhumb::manifest
