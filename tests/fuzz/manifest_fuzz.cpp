// Rendered text, split and sorted: documents are parts of the text, in order, none blank; threads change nothing.
#include "harness.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/manifest.h"

using namespace rhumb;

namespace {

void check_split(std::string_view text, bool helm3) {
  const char* end = text.data();
  for (const std::string_view document : manifest::split(text, helm3)) {
    fuzz::expect(document.data() >= end, "documents come in order and do not overlap");
    end = document.data() + document.size();
    fuzz::expect(end <= text.data() + text.size(), "a document is a part of the text");
    fuzz::expect(!strings::trim_space(document).empty(), "no document is blank");
  }
}

void check_sorted(const std::vector<manifest::Document>& documents, std::string_view text) {
  for (const manifest::Document& document : documents) {
    fuzz::expect(document.offset <= text.size() && text.substr(document.offset).starts_with(document.text),
                 "a document stands where it says");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const Limits limits = fuzz::small_limits();
  std::vector<manifest::RenderedFile> files(1);
  files[0].name = "c/templates/t.yaml";
  files[0].text.text = text;
  for (const bool helm3 : {false, true}) {
    check_split(text, helm3);
    (void)manifest::show_only(text, {"templates/*.yaml"}, helm3);
    fuzz::within_limits([&] {
      fuzz::QuietLog log;
      const auto alone = manifest::sort_documents(files, log, helm3, 1, limits);
      const auto beside = manifest::sort_documents(files, log, helm3, 2, limits);
      fuzz::expect(alone.has_value() == beside.has_value(), "threads change nothing");
      if (!alone) return;
      fuzz::expect(alone->manifests.size() + alone->hooks.size() <= manifest::split(text, helm3).size(),
                   "no document comes twice");
      check_sorted(alone->manifests, files[0].text.text);
      check_sorted(alone->hooks, files[0].text.text);
    });
  }
  return 0;
}
