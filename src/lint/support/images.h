// The images of a release: which container runs what, by the reference that a node reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"
#include "lint/support/written.h"
#include "rhumb/manifest/image_reference.h"

namespace rhumb::lint {

struct ImageUse {
  const Workload* workload = nullptr;
  const Container* container = nullptr;  // null for a volume
  Node node;
  std::string_view text;
  std::optional<manifest::ImageReference> reference;  // none where it cannot be read
  std::string error;
};

/// Of all containers and image volumes, those left out that say nothing.
std::vector<ImageUse> image_uses(Context& context);

/// The tag as it stands in the reference, without colon; the whole name where there is none.
Part tag_part(std::string_view image);
/// Everything in front of tag and digest.
Part name_part(std::string_view image);

/// Why the image may be another one tomorrow: "the tag latest ..."; empty for a version, a git commit, a digest.
/// `moving`: tags that move, also as a word of a tag where that word is latest or snapshot.
std::string moving_reason(const manifest::ImageReference& image, const std::vector<std::string>& moving);

/// 123456789012.dkr.ecr.ap-south-1.amazonaws.com, and its FIPS, dual-stack and Chinese forms.
struct EcrRegistry {
  std::string account;
  std::string region;
};
std::optional<EcrRegistry> read_ecr_registry(std::string_view domain);

/// The tags that move by default, as parameters have them.
inline constexpr std::string_view moving_tags =
    "latest, stable, main, master, trunk, develop, dev, development, nightly, edge, lts, snapshot, current, canary, "
    "next, staging, production, prod, test, rolling, unstable, beta, alpha, release";

}  // namespace rhumb::lint
