#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/near_name.h"
#include "lint/support/scraping.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::prometheus_annotation_invalid {
namespace {

/// Behind the prefix.
constexpr std::string_view known[] = {"scrape", "port", "path", "scheme", "probe", "scrape-slow", "scrape_slow"};

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Of the pods that the annotations are about: the port that has to be written is one of them.
std::vector<manifest::Port> ports_of(const Context& context, const ScrapeAnnotations& annotations) {
  if (annotations.workload != nullptr) return manifest::pod_ports(*annotations.workload);
  const std::vector<const Workload*> workloads = context.workloads().behind(*annotations.object);
  return workloads.empty() ? std::vector<manifest::Port>() : manifest::pod_ports(*workloads.front());
}

/// "http" of "map[grpc: http:80]", as Go prints a map: the first key whose number is a port of the pods; empty for
/// none.
std::string_view key_of_port(std::string_view text, const std::vector<manifest::Port>& ports) {
  if (!text.starts_with("map[") || !text.ends_with(']')) return {};
  for (const std::string_view entry : strings::fields(text.substr(4, text.size() - 5))) {
    const std::size_t colon = entry.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view number = entry.substr(colon + 1);
    const bool is_theirs = std::any_of(ports.begin(), ports.end(),
                                       [&](const auto& port) { return std::to_string(port.number) == number; });
    if (is_port(number) && (ports.empty() || is_theirs)) return entry.substr(0, colon);
  }
  return {};
}

std::string hint_for_map(std::string_view text, const std::vector<manifest::Port>& ports) {
  const std::string_view key = key_of_port(text, ports);
  if (!key.empty()) return fmt::format("print the number in the map, not the map: end its path with .{}", key);
  std::string numbers;
  for (const manifest::Port& port : ports) numbers += (numbers.empty() ? "" : ", ") + std::to_string(port.number);
  if (numbers.empty()) return {};
  return fmt::format("write the number of the port that serves the metrics, of {}; none of them is in the map",
                     numbers);
}

void check_port(Context& context, const ScrapeAnnotations& annotations) {
  const Node port = annotations.get("port");
  if (!port.is_string() || is_port(port.text())) return;
  const bool is_map = port.text().starts_with("map[");
  context
      .report(*annotations.object, port,
              fmt::format("port is \"{}\": Prometheus takes a number, not a {}", port.text(), is_map ? "map" : "name"))
      .hint(is_map ? hint_for_map(port.text(), ports_of(context, annotations)) : "");
}

void check_values(Context& context, const ScrapeAnnotations& annotations) {
  const Object& object = *annotations.object;
  const Node scrape = annotations.get("scrape");
  if (scrape.is_string() && scrape.text() != "true" && scrape.text() != "false") {
    context.report(object, scrape, fmt::format("scrape is \"{}\": only \"true\" counts", scrape.text()));
  }
  check_port(context, annotations);
  const Node path = annotations.get("path");
  if (path.is_string() && !path.text().starts_with('/')) {
    context.report(object, path, fmt::format("path is \"{}\": it begins with a slash", path.text()));
  }
  const Node scheme = annotations.get("scheme");
  if (scheme.is_string() && scheme.text() != "http" && scheme.text() != "https") {
    context.report(object, scheme, fmt::format("scheme is \"{}\": it is http or https", scheme.text()));
  }
}

void check_kinds(Context& context, const ScrapeAnnotations& annotations) {
  for (const Node entry : annotations.map) {
    if (!entry.key().starts_with(scrape_key(""))) continue;
    if (!entry.is_string()) {
      context.report(*annotations.object, entry,
                     fmt::format("{} is no text: annotations are, so put it in quotes", entry.key()));
      continue;
    }
    const std::string_view name = entry.key().substr(scrape_key("").size());
    const bool is_known = std::find(std::begin(known), std::end(known), name) != std::end(known);
    const std::string_view near = is_known ? std::string_view() : nearest_of(name, known);
    if (!near.empty()) {
      context.report(*annotations.object, entry, fmt::format("nobody reads {}", entry.key()))
          .hint(fmt::format("did you mean {}?", scrape_key(near)));
    }
  }
}

void check(Context& context) {
  for (const ScrapeAnnotations& annotations : scrape_annotations(context.workloads())) {
    context.applies();
    check_kinds(context, annotations);
    check_values(context, annotations);
  }
}

}  // namespace

extern const Rule rule{
    .name = "prometheus-annotation-invalid",
    .category = Category::observability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-602",
    .summary = "An annotation for Prometheus cannot be understood",
    .remedy = "Write scrape: \"true\", a number in quotes as port, a path that begins with a slash.",
    .documentation = R"(## What it does
Looks at the annotations `prometheus.io/...` of pods and Services: all of them are texts, `scrape` is "true" or "false",
`port` a number, `path` begins with a slash, `scheme` is http or https, and a name is none of the known ones with a slip
of the pen.

## Why
The API server refuses an annotation that is no text (`true` and `9101` without quotes are none). The other slips are
ignored, and there are no metrics.

## Example
```yaml
# wrong
annotations:
  prometheus.io/scrape: true
  prometheus.io/port: metrics
```
```yaml
# right
annotations:
  prometheus.io/scrape: "true"
  prometheus.io/port: "9101"
```
)",
    .check = check,
};

}  // namespace rhumb::lint::prometheus_annotation_invalid
