// What one piece of the pipeline takes, without files and processes: for looking at a change of that piece. Whether
// rhumb is fast is for template.py to say.
//   cmake --preset release -DRHUMB_BUILD_TESTS=ON -DRHUMB_BENCHMARKS=ON
//   cmake --build --preset release --target rhumb_microbench
#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>

#include "rhumb/base/host.h"
#include "rhumb/funcs/library.h"
#include "rhumb/gotmpl/execute.h"
#include "rhumb/gotmpl/parser.h"
#include "rhumb/yaml/manifest_head.h"
#include "rhumb/yaml/reader.h"
#include "rhumb/yaml/writer.h"

namespace rhumb {
namespace {

/// Values of `services` services, with comments, as values files have them.
std::string values_text(std::int64_t services) {
  std::string text = "services:\n";
  for (std::int64_t i = 0; i < services; ++i) {
    const std::string number = std::to_string(i);
    text += "  ## @param services." + number + " One of the services of this release\n  - name: service-" + number +
            "\n    replicas: " + number +
            "\n    image:\n      repository: registry.example.com/shop/service\n      tag: \"1.0\"\n"
            "    resources:\n      requests: {cpu: 100m, memory: 128Mi}\n      limits:\n        memory: 256Mi\n"
            "    # Probes of the container\n    probe:\n      path: /ready\n      seconds: 10\n      enabled: true\n";
  }
  return text;
}

constexpr std::string_view template_text = R"({{- range $index, $service := .services }}
---
kind: Deployment
metadata:
  name: {{ $service.name | quote }}
  {{- if gt (int $service.replicas) 1 }}
  labels: {{ printf "%s-%d" $service.name $index | trunc 63 | trimSuffix "-" }}
  {{- end }}
spec:
  replicas: {{ $service.replicas | default 1 }}
  image: "{{ $service.image.repository }}:{{ $service.image.tag }}"
  resources: {{- toYaml $service.resources | nindent 4 }}
  {{- with $service.probe }}
  probe: {{ .path }}/{{ .seconds }}
  {{- end }}
{{- end }}
)";

Value values(std::string_view text, Heap& heap) {
  Result<Value> read = yaml::read_yaml(text, heap);
  if (!read) throw std::runtime_error(read.error().message);
  return *read;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * static_cast<std::int64_t>(state.iterations()));
}

void read_yaml(benchmark::State& state) {
  const std::string text = values_text(state.range(0));
  for (auto _ : state) {
    Heap heap;
    benchmark::DoNotOptimize(values(text, heap));
  }
  count_bytes(state, text.size());
}

/// The reading that sorting needs.
void read_manifest_head(benchmark::State& state) {
  const std::string text = "kind: ConfigMap\nmetadata:\n  name: a\n" + values_text(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(yaml::read_manifest_head(text));
  count_bytes(state, text.size());
}

void to_yaml(benchmark::State& state) {
  Heap heap;
  const Value value = values(values_text(state.range(0)), heap);
  std::size_t bytes = 0;
  for (auto _ : state) {
    std::string out;
    std::string error;
    if (!yaml::append_yaml(out, value, error)) throw std::runtime_error(error);
    bytes = out.size();
    benchmark::DoNotOptimize(out);
  }
  count_bytes(state, bytes);
}

void parse_template(benchmark::State& state) {
  std::string text;
  for (std::int64_t i = 0; i < state.range(0); ++i) text += template_text;
  for (auto _ : state) benchmark::DoNotOptimize(gotmpl::parse_text(text, "bench", funcs::library()));
  count_bytes(state, text.size());
}

void execute_template(benchmark::State& state) {
  const auto file = gotmpl::parse_text(std::string(template_text), "bench", funcs::library());
  if (!file) throw std::runtime_error(file.error().message);
  gotmpl::TemplateSet set("gotpl");
  set.add(**file);
  const std::string text = values_text(state.range(0));
  const std::unique_ptr<Host> host = make_deterministic_host();
  const Limits limits;
  std::size_t bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();  // the heap of an execution grows, so each has its own
    Heap heap;
    const Value dot = values(text, heap);
    gotmpl::CallContext context{heap, *host, limits};
    gotmpl::Executor executor(funcs::library(), context);
    TracedText out;
    state.ResumeTiming();
    if (const auto failed = executor.execute(set, "bench", dot, out)) throw std::runtime_error(failed->text);
    bytes = out.text.size();
  }
  count_bytes(state, bytes);
}

BENCHMARK(read_yaml)->Arg(1)->Arg(100)->Arg(1000);
BENCHMARK(read_manifest_head)->Arg(1)->Arg(100)->Arg(1000);
BENCHMARK(to_yaml)->Arg(1)->Arg(100)->Arg(1000);
BENCHMARK(parse_template)->Arg(1)->Arg(100);
BENCHMARK(execute_template)->Arg(1)->Arg(100)->Arg(1000);

}  // namespace
}  // namespace rhumb

BENCHMARK_MAIN();
