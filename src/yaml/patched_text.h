// A copy of a text in which single characters are replaced, so that libyaml treats them as go-yaml would. A replacement
// is one character of the private use area that the text does not contain: marks stay right, and it can be told from
// everything else when values come out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/yaml/events.h"

namespace rhumb::yaml {

enum class Patch : std::uint8_t {
  colon,      // "::," in a flow collection is text for go-yaml, an error for libyaml
  backslash,  // of \' in double quotes: an escape for go-yaml, an error for libyaml
  slash,      // of \/ in double quotes: the other way round
  bom,        // at the start of a later line: text for go-yaml, skipped by libyaml
  tag_comma,  // , [ ] in a tag; nobody looks at the text of such a tag, so a ';' will do
};

class PatchedText {
 public:
  explicit PatchedText(std::string_view original) : original_(original) {}

  /// False when the character is replaced already or nothing can replace it.
  bool add(std::size_t offset, Patch patch);
  bool empty() const { return patches_.empty(); }
  /// Makes the text anew after add().
  std::string_view build();
  /// Whether a scalar may hold replacements at all.
  bool touches(std::string_view value) const { return !empty() && value.find('\xEE') != std::string_view::npos; }
  /// The scalar as it would have been.
  std::string restore(std::string_view value, ScalarStyle style) const;

 private:
  struct Place {
    std::size_t offset;
    Patch patch;
  };

  bool choose_replacements();
  std::string_view replacement(Patch patch) const;

  std::string_view original_;
  std::string text_;
  std::vector<Place> patches_;  // by offset
  std::array<std::string, 4> replacements_;
};

}  // namespace rhumb::yaml
