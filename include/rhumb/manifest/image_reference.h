// References to container images, by the grammar that container runtimes read them with.
#pragma once

#include <string>
#include <string_view>

#include "rhumb/base/result.h"

namespace rhumb::manifest {

/// In its normal form: "nginx" is docker.io, library/nginx, latest.
struct ImageReference {
  std::string domain;  // with the port; empty in rare cases such as "a_b.c/d", where all is path
  std::string path;
  std::string tag;     // "latest" where neither a tag nor a digest is given
  std::string digest;  // "sha256:..."
  bool is_default_tag = false;

  /// As Named.Name: domain and path.
  std::string name() const;
  /// As Reference.String: the complete normal form.
  std::string to_string() const;
};

/// As reference.ParseNormalizedNamed and TagNameOnly of github.com/distribution/reference, with its errors.
Result<ImageReference> parse_image_reference(std::string_view text);

}  // namespace rhumb::manifest
