// A chart of a template, twice, and its values, rendered with all functions: plain and traced the bytes are the same.
// What the first one leaves behind, the second one and a third that prints the values meet; a plain rendering takes
// back what nobody can meet.
#include "harness.h"
#include "rhumb/base/file_system.h"
#include "rhumb/base/host.h"
#include "rhumb/chart/loader.h"
#include "rhumb/render/render.h"

using namespace rhumb;

namespace {

std::string rendered(const MemoryFileSystem& files, const Limits& limits, bool traced) {
  Sources sources;
  fuzz::QuietLog log;
  OriginTable origins;
  const auto chart = chart::load("/c", {files, sources, log, traced ? &origins : nullptr, limits, false});
  if (!chart) return chart.error().message;
  const auto host = make_deterministic_host();
  render::ParseCache cache;
  render::Rendering rendering({sources, files, *host, log, cache, limits, nullptr}, &origins, traced);
  render::Options options;
  options.capabilities = funcs::default_capabilities();
  const auto done = rendering.run(*chart, rendering.values_context().heap.map(), options);
  std::string text = done ? std::string() : done.error().message;
  for (const manifest::RenderedFile& file : rendering.files()) text += file.text.text;
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [text, values] = fuzz::halves(fuzz::text_of(data, size));
  MemoryFileSystem files;
  files.add("/c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n");
  files.add("/c/values.yaml", std::string(values));
  files.add("/c/templates/t.yaml", std::string(text));
  files.add("/c/templates/u.yaml", std::string(text));
  files.add("/c/templates/a.yaml", "{{ .Values }}{{ .Template }}");
  const Limits limits = fuzz::small_limits();
  const std::string plain = rendered(files, limits, false);
  const std::string traced = rendered(files, limits, true);
  // Traces take memory: only the traced rendering may run out of it.
  const bool out_of_memory = traced.find("limit of " + std::to_string(limits.memory_bytes)) != std::string::npos;
  fuzz::expect(plain == traced || out_of_memory, "traced and plain give the same bytes");
  return 0;
}
