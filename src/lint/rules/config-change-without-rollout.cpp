#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "lint/context.h"
#include "lint/support/config_checksums.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::config_change_without_rollout {
namespace {

/// "app-config-7fk2m9t8dd", "app-config-20240901": another name with every change.
bool has_hashed_name(std::string_view name) {
  const std::size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || name.size() - dash - 1 < 6) return false;
  const std::string_view last = name.substr(dash + 1);
  const auto digits = std::count_if(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 2;
}

/// Filled by a controller at run time, or a certificate, which programs read again.
bool changes_by_itself(const Object& object) {
  if (object.kind != "Secret") return false;
  return object.root["type"].text() == "kubernetes.io/tls" ||
         (object.root["data"].empty() && object.root["stringData"].empty());
}

/// Side-cars that watch files or the API server and tell the program.
bool has_watcher(const Workload& workload) {
  return std::any_of(workload.containers.begin(), workload.containers.end(), [](const Container& container) {
    const std::string name = image_name(container);
    return container.runs_on() && (strings::contains(name, "reload") || strings::contains(name, "k8s-sidecar"));
  });
}

/// What holds the content, as far as the release knows.
std::vector<const Object*> sources(const Context& context, const Workload& workload,
                                   const manifest::Reference& reference) {
  std::vector<const Object*> found;
  for (const manifest::KeySource& source :
       manifest::key_sources(context.objects(), reference.kind, workload.namespace_(), reference.name)) {
    // Certificates are renewed all the time, and read again by whoever uses them.
    if (source.object->kind != "Certificate" && !source.object->is_hook()) found.push_back(source.object);
  }
  return found;
}

class Checker {
 public:
  explicit Checker(Context& context) : context_(context), checksums_(context.run()) {}

  void check(const Workload& workload) {
    if (has_watcher(workload)) return;
    std::set<std::string> seen;
    for (const manifest::Reference& reference : manifest::references(workload)) {
      if (reference.kind != "ConfigMap" && reference.kind != "Secret") continue;
      if (reference.way == manifest::Reference::Way::pull_secret) continue;
      const std::string title = fmt::format("{}/{}", reference.kind, reference.name);
      if (!seen.insert(title).second || has_hashed_name(reference.name)) continue;
      const auto found = sources(context_, workload, reference);
      const bool is_seen_to = std::any_of(found.begin(), found.end(), [&](const Object* object) {
        return object->root["immutable"].is_true() || changes_by_itself(*object) ||
               is_watched(workload, *object, reference.kind, reference.name) || checksums_.covers(workload, *object);
      });
      if (!found.empty() && !is_seen_to) report(workload, reference, *found.front(), title);
    }
  }

 private:
  void report(const Workload& workload, const manifest::Reference& reference, const Object& source,
              const std::string& title) {
    std::string message =
        fmt::format("{} reads {}, but its pods stay as they are when that changes", workload.title(), title);
    const std::optional<IdleChecksum> idle = checksums_.idle(workload);
    const Node annotations = workload.pod_metadata["annotations"];
    DraftRef added = [&] {
      if (!idle) {
        const Node parent = annotations.is_map()    ? annotations
                            : workload.pod_metadata ? workload.pod_metadata
                                                    : workload.pod_template;
        const std::string key =
            annotations.is_map() ? yaml::path_step(reference.kind == "Secret" ? "checksum/secret" : "checksum/config")
            : workload.pod_metadata ? "annotations"
                                    : "metadata";
        // No value holds a checksum of what a template writes.
        return context_.report_missing(workload, parent, key, message).only_by_template();
      }
      return context_.report(workload, idle->node,
                             fmt::format("{}: {} is {}", message, idle->node.key(), idle->reason));
    }();

    added.related(source, source.metadata()["name"], "the content").key(title);
    if (const Node misplaced = misplaced_checksum(workload)) {
      added.hint(fmt::format("{} stands on the {} itself; it belongs to spec.template.metadata.annotations",
                             misplaced.key(), workload.kind()));
    }
  }

  static Node misplaced_checksum(const Workload& workload) {
    const Node map = workload.object->metadata()["annotations"];
    if (!map.is_map() || workload.kind() == "Pod") return {};
    for (const Node entry : map) {
      if (strings::contains(entry.key(), "checksum")) return entry;
    }
    return {};
  }

  Context& context_;
  ConfigChecksums checksums_;
};

void check(Context& context) {
  Checker checker(context);
  for (const Workload* workload : context.services()) {
    if (workload->kind() != "Pod") checker.check(*workload);
  }
}

}  // namespace

extern const Rule rule{
    .name = "config-change-without-rollout",
    .category = Category::delivery,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "LOOMWORKS: Secret rotation, LOOMWORKS: Odoo configuration via ConfigMap, REPO-TMS-K8S 1.7.3",
    .summary = "Pods keep an old configuration when a ConfigMap or Secret changes",
    .remedy =
        "Put a checksum of the object's template into the annotations of the pod template, or let Reloader watch it.",
    .documentation = R"(## What it does
Looks, for every ConfigMap and Secret of the release that the pods of a workload read, for something in the pod template that
changes with its content: a checksum of the template it comes from, or one that the same values flow into. The checksum of an
empty text (`include` of a template that renders nothing, `.Files.Get` of a file that is not there) and one that is written
down in the template change with nothing; one in the metadata of the Deployment itself restarts no pod. Secrets that an
ExternalSecret, a SealedSecret or a SecretProviderClass makes count with what these say.

Accepted as well are the annotations of Reloader and Wave, side-cars that reload, immutable objects, names with a hash, and
annotations that roll every release. What cannot be told counts as covered.

## Why
`helm upgrade` says that all is well, and the pods run with yesterday's configuration until something else restarts them.

## Example
```yaml
# wrong
spec:
  template:
    metadata:
      labels: {app: web}
```
```yaml
# right
spec:
  template:
    metadata:
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/configmap.yaml") . | sha256sum }}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::config_change_without_rollout
