// .helmignore: comments and blank lines behind the rules change nothing.
#include <array>

#include "chart/ignore.h"
#include "harness.h"

using namespace rhumb;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<std::string_view, 9> paths{
      "a.txt", "dir/a.txt", "dir/sub",          ".dot", "templates/.hidden", "files/[a].txt",
      "x\\y",  "\xFF",      "\xC3\xA9t\xC3\xA9"};
  const std::string text(fuzz::text_of(data, size));
  Result<chart::IgnoreRules> rules = chart::IgnoreRules::parse(text);
  Result<chart::IgnoreRules> commented = chart::IgnoreRules::parse(text + "\n\n  \n# the end\n");
  fuzz::expect(rules.has_value() == commented.has_value(), "a comment is no error, and hides none");
  if (!rules) return 0;
  rules->add_defaults();
  commented->add_defaults();
  fuzz::QuietLog log;
  for (const std::string_view path : paths) {
    for (const bool is_directory : {false, true}) {
      fuzz::expect(rules->ignores(path, is_directory, log) == commented->ignores(path, is_directory, log),
                   "comments and blank lines change nothing");
    }
  }
  return 0;
}
