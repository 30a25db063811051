// Semantic versions and constraints on them, as Masterminds/semver 3.5.0 reads and compares them: what semverCompare,
// kubeVersion and the versions of dependencies mean by ">=1.2, <3".
//
// A constraint is a list of groups of which one must hold ("||"); a group is a list of comparators that must all hold.
// A prerelease satisfies a group only when one of its comparators names a prerelease. Parts that are left out or
// written x, X or * make a comparator a range.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/result.h"

namespace rhumb::semver {

struct Version {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::string prerelease;
  std::string metadata;
  std::string original;  // the text it was read from

  /// "1.2.3-rc.1+build", without a leading v.
  std::string string() const;
};

/// As NewVersion: takes a leading v, leading zeros, and versions of one or two parts.
/// Error texts are Go's: "invalid semantic version", "version segment starts with 0" ...
Result<Version> parse(std::string_view text);
/// As StrictNewVersion: three parts, no v, no leading zeros.
Result<Version> parse_strict(std::string_view text);

/// -1, 0 or 1; metadata does not count.
int compare(const Version& a, const Version& b);

/// The checks behind SetPrerelease and SetMetadata; "" or the error text.
std::string check_prerelease(std::string_view text);
std::string check_metadata(std::string_view text);

/// One operator and one version.
struct Comparator {
  std::string operation;  // as written: "", "=", "!=", ">", "<", ">=", "=>", "<=", "=<", "~", "~>", "^"
  std::string original;   // the version as written: "1.2.x"
  Version version;        // parts that are missing or x are 0
  bool minor_dirty = false;
  bool patch_dirty = false;
  bool dirty = false;  // some part is missing or x

  /// "" when it accepts the version, or else the reason.
  std::string refuse(const Version& candidate, bool with_prereleases) const;
};

class Constraints {
 public:
  /// As NewConstraint. Error texts are Go's: `improper constraint: ">>1"` ...
  static Result<Constraints> parse(std::string_view text);

  /// As Constraints.Check.
  bool check(const Version& version) const;
  /// As Constraints.Validate: the reasons why it fails; none when it holds.
  std::vector<std::string> validate(const Version& version) const;
  /// ">=1.2.0 <3 || ^4.1"
  std::string string() const;

  void include_prereleases(bool include) { include_prereleases_ = include; }

 private:
  struct Group {
    std::vector<Comparator> comparators;
    bool names_prerelease = false;
  };
  bool with_prereleases(const Group& group) const { return include_prereleases_ || group.names_prerelease; }

  std::vector<Group> groups_;
  bool include_prereleases_ = false;
};

}  // namespace rhumb::semver
