// One fault is one finding, in however many environments it shows.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "lint/context.h"
#include "rhumb/lint/lint.h"

namespace rhumb::lint {

/// The findings of one target: each is added to those of the other environments that say the same.
class SameFaults {
 public:
  SameFaults(Outcome& outcome, const Sources& sources) : outcome_(outcome), sources_(sources) {}

  /// The index of the finding, or of the one that it was added to. `run`: where it was found; null for one about the
  /// chart as a whole. `environment`: the name to show, empty for none.
  ///
  /// An object may be called otherwise, or be of another kind, in another environment: with the same rule, place, path
  /// and message it is the same fault, unless an environment has both objects. So are findings about several containers
  /// of an object that stand at one value.
  std::size_t add(Finding finding, const Run* run, const std::string& environment);

 private:
  using Key = std::tuple<std::string_view, std::string, std::uint32_t, std::string, std::string, bool>;
  struct Seen {
    ObjectName object;
    const Run* run = nullptr;
  };
  struct Share {
    std::string container;
    std::string stable;  // told by it, whatever an environment calls it
    std::string hint;
  };
  struct Fault {
    std::size_t index = 0;
    std::vector<Seen> seen;
    std::string message;        // without what several containers add
    std::vector<Share> shares;  // of the value: those that the finding names
  };

  Key key_of(const Finding& finding, const Run* run) const;
  static Fault* find(std::vector<Fault>& faults, const Finding& finding, const Run* run);
  void share(Fault& fault, const Finding& finding, const Run* run);
  static std::string joined_hint(const Fault& fault, const RuleInfo& rule);
  void merge(Finding& into, Finding& finding, const std::string& environment);

  Outcome& outcome_;
  const Sources& sources_;
  std::map<Key, std::vector<Fault>> faults_;
};

}  // namespace rhumb::lint
