// Tokens that are known by their form: a prefix of their maker, an alphabet, a length.
#pragma once

#include <string_view>
#include <vector>

namespace rhumb::lint {

struct TokenMatch {
  std::string_view what;  // "a GitHub token"
  std::size_t begin = 0;
  std::size_t size = 0;
};

/// In order. Examples out of documentation (AKIA...EXAMPLE, ghp_xxxx...) are none.
std::vector<TokenMatch> find_tokens(std::string_view text);

}  // namespace rhumb::lint
