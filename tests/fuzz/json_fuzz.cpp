// The JSON reader: what it takes it takes as a prefix too, and gets it back from the writer's text.
#include "harness.h"
#include "rhumb/yaml/json.h"

using namespace rhumb;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  fuzz::within_limits([&] {
    Heap heap({.limit_bytes = fuzz::small_limits().memory_bytes});
    std::size_t used = 0;
    const yaml::JsonReading prefix = yaml::read_json_prefix(text, heap, used);
    fuzz::expect(used <= size, "a prefix is no longer than the text");
    for (const auto target : {yaml::JsonTarget::map, yaml::JsonTarget::list}) {
      (void)yaml::read_json_partial(text, heap, {.target = target});
    }
    const Result<Value> value = yaml::read_json(text, heap);
    if (!value) return;
    fuzz::expect(prefix.ok() && deep_equal(*value, prefix.value), "the whole text is a prefix");
    for (const int indent : {0, 2}) {
      const Result<std::string> written = yaml::write_json(*value, {.indent = indent});
      fuzz::expect(written.has_value(), "what was read can be written");
      const Result<Value> again = yaml::read_json(*written, heap);
      fuzz::expect(again && deep_equal(*value, *again), "reader, writer, reader gives the same value");
    }
  });
  return 0;
}
