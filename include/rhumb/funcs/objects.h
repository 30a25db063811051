// The objects beside plain maps that a template meets at its top level: .Capabilities and .Files. Their methods, and
// those of .Values, stand in the tables of this module.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/result.h"
#include "rhumb/value/value.h"

namespace rhumb::funcs {

/// common.KubeVersion.
struct KubeVersion {
  std::string version;     // complete: "v1.33.4-gke.1"
  std::string normalized;  // for constraints: "v1.33.4"
  std::string major;
  std::string minor;
};

/// version.BuildInfo.
struct HelmVersion {
  std::string version;
  std::string git_commit;
  std::string git_tree_state;
  std::string go_version;
  std::string kube_client_version;  // Helm 4 only
};

struct Capabilities {
  KubeVersion kube_version;
  std::vector<std::string> api_versions;
  HelmVersion helm_version;
};

/// What `helm template` assumes without a cluster: the API versions that its client library knows, and Kubernetes
/// v1.37.0.
Capabilities default_capabilities(bool helm3 = false);

/// As common.ParseKubeVersion (--kube-version). Errors: `could not parse "x" as version`,
/// `illegal version string "1"` ...
Result<KubeVersion> parse_kube_version(std::string_view text, bool helm3 = false);

/// A *common.Capabilities in the heap.
Value make_capabilities(Heap& heap, const Capabilities& capabilities, bool helm3 = false);

struct ChartFile {
  std::string_view name;  // relative to the chart's root
  std::string_view data;
  /// What its text is traced to; no_file while nothing is traced.
  FileId source = no_file;
};

/// An engine.files. The data is referred to, not copied: it must live as long as the heap. A later file of the same
/// name wins.
Value make_files(Heap& heap, std::span<const ChartFile> files);

}  // namespace rhumb::funcs
