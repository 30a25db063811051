// Regular expressions as Go's regexp/syntax reads them, rewritten for RE2. The two are of one family, but Go's newer
// syntax ((?<name>...), \p{Letter}) and its error texts are its own: so every pattern is parsed here as Go does it, and
// what RE2 gets is spelt out so that there is one way to read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rhumb::regex {

struct Translation {
  /// For RE2; its groups have no names.
  std::string pattern;
  /// Of the groups from 1 on at their index; "" for those without.
  std::vector<std::string> group_names{""};
  /// Whether there is a \B in it, which RE2 finds between the bytes of a character too.
  bool has_no_boundary = false;
  /// "error parsing regexp: missing closing ): `a(`"; empty when the pattern is good.
  std::string error;
};

Translation translate(std::string_view pattern);

}  // namespace rhumb::regex
