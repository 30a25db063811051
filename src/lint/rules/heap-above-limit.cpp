#include <fmt/format.h>

#include <array>
#include <optional>

#include "lint/context.h"
#include "lint/support/literal_env.h"
#include "lint/support/pod_resources.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint::heap_above_limit {
namespace {

struct Flag {
  std::string_view text;
  /// Bytes of a number without a unit.
  std::int64_t unit;
};
constexpr std::array flags{
    Flag{"-Xmx", 1},
    Flag{"-XX:MaxHeapSize=", 1},
    Flag{"--max-old-space-size=", 1024 * 1024},
    Flag{"--max_old_space_size=", 1024 * 1024},
};

/// "2g", "1536m", "4GiB": bytes. None for what is no such amount.
std::optional<std::int64_t> read_size(std::string_view text, std::int64_t unit) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = parse_int(text.substr(0, digits), 10, 64);
  if (!number) return {};
  std::string suffix = strings::to_lower(text.substr(digits));
  if (suffix.ends_with("ib")) suffix.resize(suffix.size() - 2);
  constexpr std::string_view letters = "kmgt";
  if (suffix.size() == 1 && letters.find(suffix[0]) != std::string_view::npos) {
    for (std::size_t i = 0; i <= letters.find(suffix[0]); ++i) unit = i == 0 ? 1024 : unit * 1024;
  } else if (suffix == "b") {
    unit = 1;
  } else if (!suffix.empty()) {
    return {};
  }
  return times(number.value, unit);
}

struct Heap {
  std::string_view text;  // as it is written: "-Xmx2g"
  std::int64_t bytes = 0;
};

/// The last one counts, as to the programs.
std::optional<Heap> heap_of(std::string_view options) {
  std::optional<Heap> found;
  for (const std::string_view word : strings::fields(options)) {
    for (const Flag& flag : flags) {
      if (!word.starts_with(flag.text)) continue;
      if (const auto bytes = read_size(word.substr(flag.text.size()), flag.unit)) found = Heap{word, *bytes};
    }
  }
  return found;
}

class Checker {
 public:
  Checker(Context& context, const Workload& workload, const Container& container)
      : context_(context), workload_(workload), container_(container) {
    const ContainerDefaults defaults(context.objects(), workload.namespace_());
    auto limit = effective(container, Side::limits, "memory", defaults);
    if (!limit) limit = pod_level(workload, Side::limits, "memory");
    if (limit) limit_ = amount_of("memory", *limit);
  }

  void check() {
    if (limit_ <= 0) return;
    for (const std::string_view field : {"command", "args"}) {
      const Node list = container_.node[field];
      if (!list.is_list()) continue;
      for (const Node item : list) {
        if (const auto heap = heap_of(item.scalar_text())) compare(*workload_.object, item, *heap, true);
      }
    }
    for (const LiteralEnv& env : literal_env(context_.objects(), workload_, container_)) {
      if (env.name == "GOMEMLIMIT") {
        const auto bytes = read_size(env.value, 1);
        if (bytes) compare(*env.object, env.node, {env.value, *bytes}, false);
      } else if (const auto heap = heap_of(env.value)) {
        compare(*env.object, env.node, *heap, true);
      }
    }
  }

 private:
  /// A heap needs room beside it; Go's limit counts nearly all of the process.
  void compare(const Object& object, Node node, const Heap& heap, bool needs_room) {
    if (heap.bytes < limit_ || (!needs_room && heap.bytes == limit_)) return;
    context_
        .report(object, node,
                fmt::format("{} lets container {} of {} use {} of memory, its limit is {}",
                            needs_room ? heap.text : "GOMEMLIMIT", container_.name, workload_.title(),
                            format_amount("memory", heap.bytes), format_amount("memory", limit_)))
        .key(workload_.title() + std::string(container_.name));
  }

  Context& context_;
  const Workload& workload_;
  const Container& container_;
  std::int64_t limit_ = 0;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) Checker(context, *workload, container).check();
  }
}

}  // namespace

extern const Rule rule{
    .name = "heap-above-limit",
    .category = Category::resources,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REPO-TMS-K8S 1.7.3, LOOMWORKS: Resource limits enforcement",
    .summary = "A program is told to use more memory than its container may have",
    .remedy = "Keep the heap well below the limit for memory, or raise the limit.",
    .documentation = R"(## What it does
Compares the heap that a run-time is told to use with the container's limit for memory: `-Xmx` and `-XX:MaxHeapSize` of
Java, `--max-old-space-size` of Node.js, `GOMEMLIMIT` of Go, in arguments, in the environment and in ConfigMaps of the
release that the environment comes from. A heap as large as the limit is too large, since a process needs more than its
heap.

## Why
The garbage collector sees no need to work, and the kernel kills the process without a word in its log.

## Example
```yaml
# wrong
env: [{name: JAVA_TOOL_OPTIONS, value: -Xmx2g}]
resources: {limits: {memory: 2Gi}}
```
```yaml
# right
env: [{name: JAVA_TOOL_OPTIONS, value: -Xmx1400m}]
resources: {limits: {memory: 2Gi}}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::heap_above_limit
