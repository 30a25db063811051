#include "rhumb/base/strings.h"
#include "rhumb/manifest/manifest.h"

namespace rhumb::manifest {
namespace {

// \s of RE2.
bool is_regex_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

struct Separator {
  std::size_t begin;
  std::size_t end;
};

constexpr Separator no_separator{std::string_view::npos, std::string_view::npos};

// (?m)^---[ \t]*
Separator find_separator(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("---", from); at != std::string_view::npos; at = text.find("---", at + 1)) {
    if (at != 0 && text[at - 1] != '\n') continue;
    std::size_t end = at + 3;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
    return {at, end};
  }
  return no_separator;
}

// (?:^|\s*\n)---\s*
Separator find_separator_helm3(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("---", from); at != std::string_view::npos; at = text.find("---", at + 1)) {
    std::size_t begin = at;
    if (at != 0) {
      if (at == from || text[at - 1] != '\n') continue;
      begin = at - 1;
      while (begin > from && is_regex_space(text[begin - 1])) --begin;
    }
    std::size_t end = at + 3;
    while (end < text.size() && is_regex_space(text[end])) ++end;
    return {begin, end};
  }
  return no_separator;
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, bool helm3) {
  text = helm3 ? strings::trim_space(text) : strings::trim_left_space(text);
  std::vector<std::string_view> documents;
  std::size_t begin = 0;
  while (true) {
    const Separator separator = helm3 ? find_separator_helm3(text, begin) : find_separator(text, begin);
    const std::size_t end = std::min(separator.begin, text.size());
    const std::string_view piece = text.substr(begin, end - begin);
    if (!strings::trim_space(piece).empty())
      documents.push_back(helm3 ? strings::trim_space(piece) : strings::trim_left_space(piece));
    if (separator.begin == std::string_view::npos) return documents;
    begin = separator.end;
  }
}

}  // namespace rhumb::manifest
