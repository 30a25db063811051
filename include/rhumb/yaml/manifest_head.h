// What Helm looks at in each rendered document: apiVersion, kind, name and annotations.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "rhumb/base/limits.h"
#include "rhumb/base/result.h"

namespace rhumb::yaml {

/// As util.SimpleHead, helm 4.3.1. Numbers and booleans are written out ("true", "5").
struct ManifestHead {
  std::string api_version;
  std::string kind;
  std::string name;
  std::map<std::string, std::string> annotations;
  bool has_metadata = false;
};

/// Reads the first document. Fast: no tree is built unless the document is unusual.
/// Errors: "error converting YAML to JSON: yaml: line 3: ...", "error unmarshaling JSON: while decoding JSON: json:
/// cannot unmarshal string into Go value of type util.SimpleHead" (with Helm 3 it is releaseutil.SimpleHead).
Result<ManifestHead> read_manifest_head(std::string_view text, bool helm3 = false, const Limits& limits = {});

}  // namespace rhumb::yaml
