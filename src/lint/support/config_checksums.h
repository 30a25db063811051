// Whether pods are replaced when a ConfigMap or Secret changes: checksums in the pod template, as far as they depend on
// the object's content, and controllers that watch.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// A checksum that covers nothing.
struct IdleChecksum {
  Node node;
  std::string reason;
};

class ConfigChecksums {
 public:
  explicit ConfigChecksums(const Run& run) : run_(run) {}

  /// Whether an annotation or label of the pods changes with the object. What cannot be told is taken for yes.
  bool covers(const Workload& workload, const Object& object);
  /// The only checksum of a workload's pods, where it is the same whatever happens.
  std::optional<IdleChecksum> idle(const Workload& workload);

 private:
  using Origins = std::set<OriginId>;

  bool covers(const Object& holder, Node checksum, const Object& object);
  std::optional<std::string> idle_reason(const Object& holder, Node checksum);
  /// Files of the release whose text has this digest, or begins with it.
  std::vector<std::size_t> files_of(std::string_view digest);
  /// What flowed into bytes of the output; `complete` is false where more did than is kept.
  Origins origins(const Object& object, Node node, bool& complete) const;
  Origins origins_of_content(const Object& object) const;
  bool is_traced() const;
  void add_origins(OriginId id, Origins& found, bool& complete) const;
  bool is_literal(const Object& object, Node node) const;

  const Run& run_;
  std::optional<std::vector<std::string>> digests_;  // by file
};

/// Whether a controller of the cluster restarts the pods: Reloader, Wave.
bool is_watched(const Workload& workload, const Object& object, std::string_view kind, std::string_view name);

}  // namespace rhumb::lint
