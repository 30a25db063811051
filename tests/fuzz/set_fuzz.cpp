// --set and its kin: every form reads the text; the forms without types leave nothing but texts.
#include "chart/strvals.h"
#include "harness.h"

using namespace rhumb;

namespace {

bool holds_only_texts(const Value& value) {
  if (value.is_map()) {
    for (const Map::Entry& entry : value.as_map()->entries()) {
      if (!holds_only_texts(entry.value)) return false;
    }
    return true;
  }
  if (!value.is_list()) return value.is_text() || value.is_nil();  // what "[2]" skips is nil
  for (const Value& item : value.as_list()) {
    if (!holds_only_texts(item)) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using chart::SetKind;
  const std::string_view text = fuzz::text_of(data, size);
  const auto read_file = [](const std::string& path) -> Result<std::string> { return "text of " + path; };
  for (const SetKind kind : {SetKind::typed, SetKind::string, SetKind::file, SetKind::json, SetKind::literal}) {
    for (const bool helm3 : {false, true}) {
      fuzz::within_limits([&] {
        Heap heap({.limit_bytes = fuzz::small_limits().memory_bytes});
        const Value into = heap.map();
        (void)chart::parse_set(kind, text, into.as_map(), {.heap = heap, .helm3 = helm3, .read_file = read_file});
        const bool has_types = kind == SetKind::typed || kind == SetKind::json;
        fuzz::expect(has_types || holds_only_texts(into), "a form without types leaves texts only");
        // A second flag goes over what the first one left.
        (void)chart::parse_set(kind, text, into.as_map(), {.heap = heap, .helm3 = helm3, .read_file = read_file});
      });
    }
  }
  return 0;
}
