#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::logs_not_collected {
namespace {

constexpr Parameter parameters[] = {
    {"opt-outs", ParameterType::list,
     "fluentbit.io/exclude=true,co.elastic.logs/enabled=false,k8s.grafana.com/logs.autogather=false",
     "annotations by which pods leave the collection of logs"},
};

/// Arguments and settings that name the file that logs go to.
constexpr std::string_view log_settings[] = {"--logfile", "--log-file", "--log_file", "--log.file", "-logfile",
                                             "-log.file", "logfile",    "log_file",   "log-file"};
constexpr std::string_view log_variables[] = {"LOGFILE", "LOG_FILE", "LOG_FILE_PATH", "LOG_PATH", "ODOO_LOGFILE"};

bool is_log_file(std::string_view path) {
  return path.starts_with('/') && !path.starts_with("/dev/") && !path.starts_with("/proc/");
}

/// The volume that a path of a container lies in; null for its own file system.
const manifest::Volume* volume_of(const std::vector<manifest::Volume>& volumes, const Container& container,
                                  std::string_view path) {
  const manifest::Volume* best = nullptr;
  std::size_t longest = 0;
  for (const manifest::Volume& volume : volumes) {
    for (const manifest::Mount& mount : volume.mounts) {
      const bool is_inside = mount.container->node == container.node && path.starts_with(mount.path) &&
                             (path.size() == mount.path.size() || path[mount.path.size()] == '/');
      if (!is_inside || mount.path.size() <= longest) continue;
      best = &volume;
      longest = mount.path.size();
    }
  }
  return best;
}

class Check {
 public:
  Check(Context& context, const Workload& workload)
      : context_(context), workload_(workload), volumes_(manifest::volumes(workload)) {}

  void annotations() const {
    const Node annotations = workload_.pod_metadata["annotations"];
    for (const std::string& item : context_.list("opt-outs")) {
      const std::size_t equal = item.find('=');
      const std::string name = item.substr(0, equal);
      const std::string wanted = equal == std::string::npos ? "true" : item.substr(equal + 1);
      for (const Node entry : annotations) {
        // Fluent Bit knows the opt-out for one stream and one container as well.
        const bool is_it =
            entry.key() == name || entry.key().starts_with(name + "_") || entry.key().starts_with(name + "-");
        if (!is_it || entry.scalar_text() != wanted) continue;
        context_.report(workload_, entry, fmt::format("{} opts out of the collection of its logs", workload_.title()));
      }
    }
  }

  void container(const Container& container) const {
    for (const std::string_view field : {"command", "args"}) {
      const Node words = container.node[field];
      for (std::size_t i = 0; i < words.size(); ++i) argument(container, words[i], words[i + 1]);
    }
    for (const Node env : container.node["env"]) {
      const std::string_view name = env["name"].scalar_text();
      if (std::find(std::begin(log_variables), std::end(log_variables), name) == std::end(log_variables)) continue;
      file(container, *workload_.object, env["value"], env["value"].scalar_text());
    }
  }

  /// "logfile = /var/log/odoo.log" in a ConfigMap that the pods mount.
  void settings(const Container& container, const Object& config) const {
    for (const Node entry : config.root["data"]) {
      if (!entry.is_string()) continue;
      for (const std::string_view line : strings::split(entry.text(), "\n")) {
        const std::size_t at = line.find_first_of("=:");
        if (at == std::string_view::npos || !is_setting(strings::trim_space(line.substr(0, at)))) continue;
        file(container, config, entry, strings::trim(strings::trim_space(line.substr(at + 1)), "\"'"));
      }
    }
  }

  const std::vector<manifest::Volume>& volumes() const { return volumes_; }

 private:
  static bool is_setting(std::string_view name) {
    return std::find(std::begin(log_settings), std::end(log_settings), name) != std::end(log_settings);
  }

  void argument(const Container& container, Node word, Node next) const {
    const std::string_view text = word.scalar_text();
    const std::size_t equal = text.find('=');
    if (!is_setting(text.substr(0, equal))) return;
    const Node value = equal == std::string_view::npos ? next : word;
    file(container, *workload_.object, value,
         equal == std::string_view::npos ? next.scalar_text() : text.substr(equal + 1));
  }

  /// Somebody may ship the file: another container with the volume, or a volume that is more than scratch space.
  void file(const Container& container, const Object& object, Node node, std::string_view path) const {
    if (!is_log_file(path)) return;
    const manifest::Volume* const volume = volume_of(volumes_, container, path);
    const bool is_shared = volume != nullptr &&
                           std::any_of(volume->mounts.begin(), volume->mounts.end(), [&](const manifest::Mount& mount) {
                             return mount.container->node != container.node;
                           });
    if (is_shared) return;
    const std::string where = volume == nullptr ? "" : fmt::format(" on the volume {}", volume->name);
    context_.report(object, node,
                    fmt::format("the container {} of {} writes its logs to {}{}, where nothing collects them",
                                container.name, workload_.title(), path, where));
  }

  Context& context_;
  const Workload& workload_;
  std::vector<manifest::Volume> volumes_;
};

void check_settings(const Check& check, const Context& context, const Workload& workload) {
  for (const manifest::Volume& volume : check.volumes()) {
    const std::string_view name = volume.node["configMap"]["name"].scalar_text();
    const Object* const config = context.objects().find("", "ConfigMap", workload.namespace_(), name);
    if (config == nullptr || volume.mounts.empty()) continue;
    check.settings(*volume.mounts.front().container, *config);
  }
}

void check(Context& context) {
  for (const Workload* workload : context.services()) {
    const Check look(context, *workload);
    look.annotations();
    for (const Container& container : workload->containers) {
      if (container.runs_on()) look.container(container);
    }
    check_settings(look, context, *workload);
  }
}

}  // namespace

extern const Rule rule{
    .name = "logs-not-collected",
    .category = Category::observability,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-602",
    .summary = "The logs of a pod are not collected",
    .remedy = "Write logs to standard output, and drop the annotation that leaves the pod out.",
    .documentation = R"(## What it does
Finds pods that leave the collection of logs by an annotation (Fluent Bit's `fluentbit.io/exclude`, also in its forms for
one stream or container, Elastic's and Grafana's), and containers that are told to write their log to a file: by an
argument (`--logfile`), a variable (`LOG_FILE`) or a line `logfile = ...` in a ConfigMap that they mount. A file on a
volume that another container mounts as well is left alone: a side-car may ship it.

## Why
Collectors read standard output. What is written elsewhere dies with the pod, and is missing when it is needed.

## Example
```yaml
# wrong
spec:
  containers:
    - name: odoo
      args: [odoo, --logfile=/var/log/odoo/odoo.log]
```
```yaml
# right
spec:
  containers:
    - name: odoo
      args: [odoo]
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::logs_not_collected
