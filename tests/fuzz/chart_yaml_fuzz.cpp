// Chart.yaml and Chart.lock: what is read, and written as `helm show chart` does, is read as the same again.
#include "harness.h"
#include "rhumb/chart/metadata.h"
#include "rhumb/yaml/writer.h"
#include "round_trip.h"

using namespace rhumb;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const Limits limits = fuzz::small_limits();
  fuzz::within_limits([&] {
    Heap heap({.limit_bytes = limits.memory_bytes});
    (void)chart::read_api_version(text, limits);
    for (const bool helm3 : {false, true}) {
      (void)chart::read_lock(text, heap, helm3, limits);
      chart::Metadata strict;
      (void)chart::read_metadata(text, strict, heap, true, helm3, limits);
      chart::Metadata metadata;
      if (!chart::read_metadata(text, metadata, heap, false, helm3, limits)) continue;
      if (!chart::validate(metadata)) continue;
      fuzz::expect(chart::sanitize(metadata.name) == metadata.name, "what is sanitised stays as it is");
      const Value value = chart::metadata_json_value(metadata, heap);
      const Result<std::string> written = yaml::write_yaml(value, limits.output_bytes);
      if (!written || fuzz::comes_back_changed(value)) continue;
      chart::Metadata again;
      fuzz::expect(chart::read_metadata(*written, again, heap, false, helm3, limits).has_value(),
                   "what was written can be read");
      fuzz::expect(deep_equal(value, chart::metadata_json_value(again, heap)), "it is read as the same");
    }
  });
  return 0;
}
