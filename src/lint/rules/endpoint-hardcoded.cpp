#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/managed_services.h"
#include "lint/support/written.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::endpoint_hardcoded {
namespace {

/// The pod itself, or a Service of the release: no managed service in any case.
bool is_near(const Context& context, const Workload& workload, std::string_view host) {
  if (host.empty() || host == "localhost" || host.starts_with("127.") || host == "0.0.0.0" || host == "[::1]" ||
      host.starts_with("/")) {
    return true;
  }
  const std::vector<std::string_view> labels = strings::split(host, ".");
  // Of a pod of a headless Service the second label names the Service.
  for (std::size_t i = 0; i < 2 && i < labels.size(); ++i) {
    if (i + 1 < labels.size() && strings::contains(host, "amazonaws")) break;
    for (const Object* service : context.objects().of_kind("Service")) {
      const bool is_here = service->namespace_ == workload.namespace_() ||
                           (i + 1 < labels.size() && labels[i + 1] == service->namespace_);
      if (service->name == labels[i] && is_here) return true;
    }
  }
  return false;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The literal host that stands beside a port: of the same name but for its end.
std::string_view host_beside(Node env_list, std::string_view name) {
  const std::string stem = strings::to_lower(name.substr(0, name.size() - 4));
  for (const Node env : env_list) {
    const std::string other = strings::to_lower(env["name"].text());
    if (other == stem + "host" || other == stem + "hostname" || other == stem + "server") {
      return env["value"].scalar_text();
    }
  }
  return {};
}

class Search {
 public:
  Search(Context& context, const Workload& workload) : context_(context), workload_(workload) {}

  void search() {
    for (const Container& container : workload_.containers) {
      container_ = &container;
      const Node env = container.node["env"];
      if (env.is_list()) {
        for (const Node entry : env) check_env(env, entry);
      }
      for (const std::string_view field : {"command", "args"}) {
        if (container.node[field].is_list()) check_arguments(container.node[field]);
      }
    }
  }

 private:
  ManagedService located(std::string_view name, std::string_view value) const {
    // What comes from elsewhere, in part or as a whole.
    if (value.empty() || value.find('$') != std::string_view::npos) return ManagedService::none;
    if (const ManagedService service = located_by_value(value); service != ManagedService::none) {
      return is_near(context_, workload_, host_in(value)) ? ManagedService::none : service;
    }
    const ManagedService service = located_by_name(name);
    if (service == ManagedService::none || value == "true" || value == "false") return ManagedService::none;
    // An address of another kind: sqlite:///..., http://...
    if (strings::contains(value, "://")) return ManagedService::none;
    if (!is_number(value) && is_near(context_, workload_, host_in(value))) return ManagedService::none;
    return service;
  }

  /// What the container itself serves: its settings, not the way to another.
  bool is_own(ManagedService service, std::string_view value) const {
    if (served_by(workload_, *container_) == service) return true;
    const auto ports = manifest::container_ports(container_->node);
    return std::any_of(ports.begin(), ports.end(),
                       [&](const manifest::Port& port) { return std::to_string(port.number) == value; });
  }

  void check_env(Node list, Node entry) {
    const std::string_view name = entry["name"].text();
    const std::string_view value = entry["value"].scalar_text();
    const ManagedService service = located(name, value);
    if (service == ManagedService::none || is_own(service, value)) return;
    if (is_number(value) && strings::to_lower(name).ends_with("port")) {
      const std::string_view host = host_beside(list, name);
      if (!host.empty() && is_near(context_, workload_, host_in(host))) return;
    }
    context_
        .report(
            workload_, entry["value"],
            fmt::format("the environment variable {} says where {} is: a literal, not a key of a Secret or ConfigMap",
                        name, title_of(service)))
        .sensitive();
  }

  void check_arguments(Node list) {
    std::string_view before;
    for (const Node item : list) {
      const std::string_view text = item.scalar_text();
      const std::size_t equal = text.find('=');
      const bool is_flag = text.starts_with('-');
      if (is_flag && equal != std::string_view::npos) {
        check_flag(item, strings::trim_left(text.substr(0, equal), "-"), equal + 1);
      } else if (!is_flag) {
        check_flag(item, before.starts_with("--") ? strings::trim_left(before, "-") : std::string_view(), 0);
      }
      before = text;
    }
  }

  void check_flag(Node item, std::string_view name, std::size_t begin) {
    const std::string_view value = item.scalar_text().substr(begin);
    if (value.find_first_of(" \n") != std::string_view::npos) return;
    const ManagedService service = located(name, value);
    if (service == ManagedService::none || is_own(service, value)) return;
    DraftRef draft =
        report_part(context_, *workload_.object, item, {begin, value.size()},
                    fmt::format("an argument says where {} is: a literal, not a variable from a Secret or ConfigMap",
                                title_of(service)));
    hide(draft, value);
  }

  /// There may be a password in an address.
  static void hide(DraftRef& draft, std::string_view value) {
    if (strings::contains(value, "@")) draft.sensitive();
  }

  Context& context_;
  const Workload& workload_;
  const Container* container_ = nullptr;
};

void check(Context& context) {
  for (const Workload* workload : context.all_workloads()) Search(context, *workload).search();
}

}  // namespace

extern const Rule rule{
    .name = "endpoint-hardcoded",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .profiles = profile_both,
    .serves = "REQ-1-014, REQ-1-402, REQ-1-074",
    .summary = "Where a database, cache or broker is stands in the pod as a literal",
    .remedy = "Take host, port or connection string from the Secret or ConfigMap of the environment.",
    .documentation = R"(## What it does
Looks at environment variables, commands and arguments of all containers for the host, the port or the connection string
of PostgreSQL, Redis, RabbitMQ or OpenSearch: by their names (`DB_HOST`, `--redis-port`) and by their values
(`postgres://...`, `*.rds.amazonaws.com`). References to variables, the pod itself (`localhost`) and Services of the
release are none.

## Why
The infrastructure says where its services are, in a secret for each of them. A literal is right in one environment
until the service moves.

## Example
```yaml
# wrong
env:
  - name: DB_HOST
    value: tms.cluster-abc.ap-south-1.rds.amazonaws.com
```
```yaml
# right
env:
  - name: DB_HOST
    valueFrom:
      secretKeyRef:
        name: tms-odoo-secrets
        key: DB_HOST
```
)",
    .check = check,
};

}  // namespace rhumb::lint::endpoint_hardcoded
