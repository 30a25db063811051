// The YAML reader and the writer: what was read and written is read as the same value again.
#include "harness.h"
#include "rhumb/yaml/reader.h"
#include "rhumb/yaml/writer.h"
#include "round_trip.h"

using namespace rhumb;

namespace {

void check_round_trip(const Result<std::string>& written, const Value& value, Heap& heap,
                      const yaml::ReadOptions& options) {
  if (!written) return;  // keys above 1024 characters, control characters
  const Result<Value> again = yaml::read_yaml(*written, heap, options);
  fuzz::expect(again.has_value(), "what was written can be read");
  fuzz::expect(deep_equal(value, *again), "reader, writer, reader gives the same value");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  yaml::ReadOptions options;
  options.limits = fuzz::small_limits();
  fuzz::within_limits([&] {
    Heap heap({.limit_bytes = options.limits.memory_bytes});
    const Result<Value> value = yaml::read_yaml(text, heap, options);
    if (value && !fuzz::comes_back_changed(*value)) {
      check_round_trip(yaml::write_yaml(*value, options.limits.output_bytes), *value, heap, options);
    }
    (void)yaml::read_values(text, heap, options);
    (void)yaml::read_values(text, heap, options, true);
    options.strict = true;
    (void)yaml::read_map(text, heap, options);
    (void)yaml::read_list(text, heap, options);
  });
  return 0;
}
