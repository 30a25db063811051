// The template parser: a tree that is printed and parsed again prints the same.
#include "gotmpl/node_text.h"
#include "harness.h"
#include "rhumb/funcs/library.h"
#include "rhumb/gotmpl/parser.h"

using namespace rhumb;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  fuzz::within_limits([&] {
    const gotmpl::Library& library = funcs::library();
    const auto file = gotmpl::parse_text(std::string(text), "t", library);
    if (!file) return;
    for (const gotmpl::Tree* const tree : (*file)->trees()) {
      fuzz::expect(tree->position <= size, "a tree stands in the text");
      if (tree->root == nullptr) continue;
      const std::string printed = gotmpl::to_string(*tree->root);
      const auto again = gotmpl::parse_text(printed, "t", library);
      // Text on both sides of a comment may read as an action when nothing stands between.
      if (!again || text.find("/*") != std::string_view::npos) continue;
      for (const gotmpl::Tree* const copy : (*again)->trees()) {
        fuzz::expect(copy->kind != gotmpl::TreeKind::file || gotmpl::to_string(*copy->root) == printed,
                     "a printed tree is parsed to one that prints the same");
      }
    }
  });
  return 0;
}
