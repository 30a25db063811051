// A JSON schema and the values it is to hold for: the answer is the same the second time, and the errors of a
// validation are whole lines.
#include "harness.h"
#include "rhumb/jsonschema/jsonschema.h"
#include "rhumb/yaml/reader.h"

using namespace rhumb;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto halves = fuzz::halves(fuzz::text_of(data, size));
  const std::string_view schema = halves.first;
  const std::string_view values = halves.second;
  const Limits limits = fuzz::small_limits();
  Heap heap({.limit_bytes = limits.memory_bytes});
  yaml::ReadOptions options;
  options.limits = limits;
  fuzz::within_limits([&] {
    const Result<Value> value = yaml::read_map(values, heap, options);
    if (!value) return;
    const MemoryFileSystem files;
    fuzz::QuietLog log;
    const std::string first = jsonschema::validate(schema, *value, {files, log, limits});
    const jsonschema::Instance instance(*value, limits);
    const std::string second = jsonschema::validate(schema, instance, {files, log, limits});
    fuzz::expect(first == second, "the answer is the same the second time");
    if (first.ends_with('\n')) fuzz::expect(first.starts_with("- at '"), "errors of validation name their place");
  });
  return 0;
}
