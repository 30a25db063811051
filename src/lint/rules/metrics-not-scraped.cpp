#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/missing.h"
#include "lint/support/probes.h"
#include "lint/support/scrape_configs.h"
#include "lint/support/scraping.h"

namespace rhumb::lint::metrics_not_scraped {
namespace {

bool is_on(Node scrape) { return scrape.scalar_text() == "true"; }

/// Annotations of other collectors that read the same metrics.
bool has_other_collector(const Workload& workload) {
  const Node annotations = workload.pod_metadata["annotations"];
  return std::any_of(annotations.children().begin(), annotations.children().end(), [](const yaml::TreeNode& entry) {
    return entry.key.starts_with("ad.datadoghq.com/") || entry.key == "k8s.grafana.com/scrape" ||
           entry.key.starts_with("instrumentation.opentelemetry.io/");
  });
}

void check(Context& context) {
  const ScrapeConfigs configs(context.workloads());
  for (const Workload* workload : context.services()) {
    if (is_idle(context.objects(), *workload) || configs.scrape(*workload)) continue;
    const Node annotations = workload->pod_metadata["annotations"];
    const Node scrape = annotations[scrape_key("scrape")];
    if (is_on(scrape) || has_other_collector(*workload) || !all_monitors(context, *workload).empty()) continue;
    const std::vector<const Object*> services = context.workloads().services(*workload);
    const bool by_service = std::any_of(services.begin(), services.end(), [](const Object* service) {
      return is_on(service->metadata()["annotations"][scrape_key("scrape")]);
    });
    if (by_service) continue;
    const std::string message =
        fmt::format("nothing scrapes the metrics of {}: its pods have no {}: \"true\", and no monitor selects them",
                    workload->title(), scrape_key("scrape"));
    if (scrape) {
      context.report(*workload, scrape, message);
    } else if (workload->pod_metadata) {
      report_missing_path(context, *workload->object, workload->pod_metadata, {"annotations", scrape_key("scrape")},
                          message);
    } else {
      context.report_missing(*workload, workload->pod_template, "metadata", message);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "metrics-not-scraped",
    .category = Category::observability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-602, LOOMWORKS: Odoo metrics collection, LOOMWORKS: PostgreSQL metrics collection",
    .summary = "Prometheus does not scrape a workload",
    .remedy = "Annotate the pods with prometheus.io/scrape: \"true\", or add a ServiceMonitor or PodMonitor for them.",
    .documentation = R"(## What it does
Every workload that runs on needs one of: the annotation `prometheus.io/scrape: "true"` on its pods or on a Service of
them; a PodMonitor that selects the pods; a ServiceMonitor that selects a Service of them. The scrapers of
VictoriaMetrics, Google, Datadog, Grafana and OpenTelemetry count. So does a Prometheus of the release whose
`scrape_configs`, in a ConfigMap or a Secret, name a Service of the pods as a target, name `localhost` in the pod that
mounts them, or keep the pods or a Service of them by its name, a label or an annotation.

Pods that only sleep (`sleep infinity`, the pause image) have nothing to measure.

## Why
What is not measured fails unseen.

## Example
```yaml
# wrong
kind: Deployment
spec:
  template:
    metadata: {labels: {app: web}}
```
```yaml
# right
kind: Deployment
spec:
  template:
    metadata:
      labels: {app: web}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9101"
```
)",
    .check = check,
};

}  // namespace rhumb::lint::metrics_not_scraped
