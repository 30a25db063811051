#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "lint/context.h"
#include "lint/remedy.h"
#include "lint/support/exporters.h"
#include "lint/support/literal_env.h"
#include "lint/support/missing.h"
#include "lint/support/probes.h"
#include "lint/support/recognize.h"
#include "lint/support/scrape_configs.h"
#include "lint/support/scrape_switches.h"
#include "lint/support/scraping.h"
#include "lint/support/trials.h"

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

/// Whoever asks for the metrics of pods, and the exporters that ask the pods of others.
class Scraping {
 public:
  explicit Scraping(Context& context) : context_(context), configs_(context.workloads()) {
    for (const Workload& workload : context.workloads().all()) {
      if (is_exporter(context.workloads(), workload) && is_scraped(workload)) add_exporter(workload);
    }
  }

  bool is_scraped(const Workload& workload) const {
    if (configs_.scrape(workload) || is_on(workload.pod_metadata["annotations"][scrape_key("scrape")])) return true;
    if (has_other_collector(workload) || !all_monitors(context_.workloads(), workload).empty()) return true;
    const std::vector<const Object*> services = context_.workloads().services(workload);
    return std::any_of(services.begin(), services.end(), [](const Object* service) {
      return is_on(service->metadata()["annotations"][scrape_key("scrape")]);
    });
  }

  /// An exporter that is scraped names a Service of it, or of another workload of its image: the members of one cluster
  /// tell of each other.
  bool is_exported(const Workload& workload) const {
    const Container* const main = main_container(workload);
    return std::any_of(context_.workloads().all().begin(), context_.workloads().all().end(), [&](const auto& other) {
      const Container* const its = main_container(other);
      const bool is_alike = &other == &workload || (main != nullptr && its != nullptr &&
                                                    main->node["image"].text() == its->node["image"].text());
      return is_alike && other.namespace_() == workload.namespace_() && is_asked(other);
    });
  }

 private:
  struct Host {
    std::string name;
    std::string_view namespace_;
    const Workload* exporter;
  };

  void add_exporter(const Workload& exporter) {
    for (const Container& container : exporter.containers) {
      for (const std::string_view field : {"command", "args"}) {
        for (const std::string& text : container.node[field].texts()) add_hosts(text, exporter);
      }
      for (const LiteralEnv& env : literal_env(context_.objects(), exporter, container)) add_hosts(env.value, exporter);
    }
  }

  void add_hosts(std::string_view text, const Workload& exporter) {
    const auto is_of_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.'; };
    for (auto at = text.begin(); at != text.end();) {
      const auto begin = std::find_if(at, text.end(), is_of_name);
      at = std::find_if_not(begin, text.end(), is_of_name);
      if (begin != at) hosts_.push_back({std::string(begin, at), exporter.namespace_(), &exporter});
    }
  }

  bool is_asked(const Workload& workload) const {
    const std::vector<const Object*> services = context_.workloads().services(workload);
    return std::any_of(hosts_.begin(), hosts_.end(), [&](const Host& host) {
      return host.exporter != &workload && std::any_of(services.begin(), services.end(), [&](const Object* service) {
               return is_host_of(host.name, *service, host.namespace_);
             });
    });
  }

  Context& context_;
  ScrapeConfigs configs_;
  std::vector<Host> hosts_;
};

/// What the values can do about it, looked up once for all workloads.
struct Remedies {
  explicit Remedies(const Run& run) : switches(run), trials(run) {
    for (const std::string_view kind : {"ServiceMonitor", "PodMonitor"}) {
      const SwitchedOff left_out(run, kind);
      for (const render::LeftOutObject& object : left_out.all()) monitors.push_back(object.slot);
    }
  }

  ScrapeSwitches switches;
  std::vector<render::Slot> monitors;
  Trials trials;
};

/// What is wrong with the port that a switch would have annotated on a Service of the pods; empty where nothing is.
std::string closed_port(const Run& trial, const Workload& workload) {
  const Workload* const same = counterpart(trial, workload);
  if (same == nullptr) return {};
  std::string fault;
  for (const ScrapeAnnotations& each : scrape_annotations(*trial.workloads)) {
    const std::vector<const Workload*> behind = trial.workloads->behind(*each.object);
    const auto port = each.port();
    if (each.workload != nullptr || !each.get("port") ||
        std::find(behind.begin(), behind.end(), same) == behind.end()) {
      continue;
    }
    if (port && may_answer(*same, *port)) return {};
    fault = port ? fmt::format("Service/{} then says {}, which the pods do not open", each.object->name, *port)
                 : fmt::format("Service/{} then says \"{}\"", each.object->name, each.get("port").scalar_text());
  }
  return fault;
}

/// A switch that brings a monitor for the pods: "set metrics.serviceMonitor.enabled in the values"; empty for none.
std::string setting_for_monitor(const Context& context, const Workload& workload, Remedies& remedies) {
  for (const render::Slot& slot : remedies.monitors) {
    const Run* const trial = remedies.trials.with(slot);
    const Workload* const same = trial == nullptr ? nullptr : counterpart(*trial, workload);
    if (same == nullptr || all_monitors(*trial->workloads, *same).empty()) continue;
    return setting_for(slot, context.run().rendering->sources());
  }
  return {};
}

void suggest(const Context& context, const Workload& workload, DraftRef draft, Remedies& remedies) {
  const bool is_for_exporter = needs_exporter(context.workloads(), workload);
  auto slot = remedies.switches.find(context.workloads(), workload);
  if (slot) {
    const Run* const trial = remedies.trials.with(*slot);
    const std::string fault = trial == nullptr ? std::string() : closed_port(*trial, workload);
    std::string hint = setting_for(*slot, context.run().rendering->sources());
    if (!fault.empty()) hint += fmt::format(", and name the port of the metrics in {}: {}", scrape_key("port"), fault);
    draft.hint(std::move(hint)).slot(std::move(*slot));
    return;
  }
  if (is_for_exporter) {
    draft.only_by_template().hint(
        "run an exporter for it, beside it or in pods of its own, and have that scraped: the server itself has no "
        "metrics for Prometheus");
    return;
  }
  slot = remedies.switches.find_map(workload);
  if (!slot) return;
  std::string hint = fmt::format("{}: {}: \"true\", with port and path of the metrics",
                                 setting_for(*slot, context.run().rendering->sources()), scrape_key("scrape"));
  const std::string monitor = setting_for_monitor(context, workload, remedies);
  if (!monitor.empty()) hint += ", or, where the Prometheus operator runs, " + monitor;
  draft.hint(hint + "; if it serves none, run an exporter beside it").slot(std::move(*slot));
}

void report(Context& context, const Workload& workload, Remedies& remedies) {
  const Node scrape = workload.pod_metadata["annotations"][scrape_key("scrape")];
  const std::string message =
      fmt::format("nothing scrapes the metrics of {}: its pods have no {}: \"true\", and no monitor selects them",
                  workload.title(), scrape_key("scrape"));
  if (scrape) {
    context.report(workload, scrape, message);
    return;
  }
  if (!workload.pod_metadata) {
    context.report_missing(workload, workload.pod_template, "metadata", message);
    return;
  }
  suggest(context, workload,
          report_missing_path(context, *workload.object, workload.pod_metadata, {"annotations", scrape_key("scrape")},
                              message),
          remedies);
}

void check(Context& context) {
  const Scraping scraping(context);
  Remedies remedies(context.run());
  for (const Workload* workload : context.services()) {
    if (is_idle(context.objects(), *workload) || scraping.is_scraped(*workload)) continue;
    if (!scraping.is_exported(*workload)) report(context, *workload, remedies);
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
mounts them, or keep the pods or a Service of them by its name, a label or an annotation. And so does an exporter of the
release that is scraped itself and whose settings name a Service of the pods, or of others of the same image.

Where a switch of the values such as `metrics.enabled` leaves out what would annotate a Service of the pods, the finding
stands there; so it does at a map of annotations for the pods that the values leave empty, and the help names the switch
of a monitor for them beside it. What a switch brings is tried: it may annotate a port that the pods do not open, or none. Databases and brokers that
only an exporter speaks for are not asked for annotations of their own.

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
