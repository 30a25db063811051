#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "lint/context.h"
#include "rhumb/manifest/name_syntax.h"

namespace rhumb::lint::service_port_invalid {
namespace {

using manifest::NameForm;

constexpr Parameter parameters[] = {
    {"node-ports", ParameterType::text, "30000-32767", "range of the cluster's node ports"},
};

constexpr std::array protocols{std::string_view("TCP"), std::string_view("UDP"), std::string_view("SCTP")};

std::pair<std::int64_t, std::int64_t> node_port_range(const Context& context) {
  std::pair<std::int64_t, std::int64_t> range{1, 65535};
  const std::string& text = context.text("node-ports");
  const std::size_t dash = text.find('-');
  if (dash == std::string::npos) return range;
  range.first = std::strtoll(text.c_str(), nullptr, 10);
  range.second = std::strtoll(text.c_str() + dash + 1, nullptr, 10);
  return range;
}

void check_number(Context& context, const Object& service, Node node, std::string_view what) {
  if (node.is_null()) return;
  if (!node.is_number()) {
    context.report(service, node, fmt::format("{} is a number, not \"{}\"", what, node.scalar_text()));
  } else if (const auto number = node.integer(); !number || *number < 1 || *number > 65535) {
    context.report(service, node, fmt::format("{} {} is no port: they go from 1 to 65535", what, node.scalar_text()));
  }
}

void check_target(Context& context, const Object& service, Node target) {
  if (target.is_number()) return check_number(context, service, target, "targetPort");
  if (!target.is_string() || manifest::is_valid_name(NameForm::port_name, target.text())) return;
  context.report(service, target,
                 fmt::format("\"{}\" is no name of a container's port: {}", target.text(),
                             manifest::name_rule(NameForm::port_name)));
}

void check_node_port(Context& context, const Object& service, Node node) {
  const auto number = node.integer();
  if (!number || *number == 0) return;
  const auto [first, last] = node_port_range(context);
  const std::string_view type = service.spec()["type"].text();
  if (type.empty() || type == "ClusterIP") {
    context.report(service, node, "a Service of the type ClusterIP has no node ports");
  } else if (*number < first || *number > last) {
    context.report(service, node, fmt::format("{} is no node port: they go from {} to {}", *number, first, last));
  }
}

void check_entry(Context& context, const Object& service, Node port, bool needs_name) {
  const Node name = port["name"];
  if (name.scalar_text().empty()) {
    if (needs_name) {
      context.report_missing(service, port, "name", "a Service with several ports needs a name for each of them");
    }
  } else if (!manifest::is_valid_name(NameForm::label, name.scalar_text())) {
    context.report(
        service, name,
        fmt::format("{} is no name of a Service's port: {}", name.scalar_text(), manifest::name_rule(NameForm::label)));
  }
  if (port["port"].is_null()) context.report_missing(service, port, "port", "the entry has no port");
  check_number(context, service, port["port"], "port");
  check_target(context, service, port["targetPort"]);
  const Node protocol = port["protocol"];
  if (!protocol.is_null() && std::find(protocols.begin(), protocols.end(), protocol.scalar_text()) == protocols.end()) {
    context.report(service, protocol, fmt::format("{} is no protocol: it is TCP, UDP or SCTP", protocol.scalar_text()));
  }
  check_node_port(context, service, port["nodePort"]);
}

class Duplicates {
 public:
  Duplicates(Context& context, const Object& service) : context_(context), service_(service) {}

  void add(Node port) {
    const std::string_view protocol = port["protocol"].text();
    const std::string number = fmt::format("{}/{}", port["port"].scalar_text(), protocol.empty() ? "TCP" : protocol);
    see(port["name"], std::string(port["name"].scalar_text()), "the name");
    see(port["port"], number, "the port");
  }

 private:
  void see(Node node, const std::string& text, std::string_view what) {
    if (text.empty() || node.is_null()) return;
    const auto [first, is_new] = seen_.try_emplace(text, node);
    if (is_new) return;
    context_.report(service_, node, fmt::format("{} {} stands twice in Service/{}", what, text, service_.name))
        .related(service_, first->second, "the first one");
  }

  Context& context_;
  const Object& service_;
  std::map<std::string, Node> seen_;
};

void check(Context& context) {
  for (const Object* service : context.of_kind("Service")) {
    if (!service->group.empty()) continue;
    const Node ports = service->spec()["ports"];
    const std::string_view type = service->spec()["type"].text();
    const bool is_headless = service->spec()["clusterIP"].text() == "None";
    if (ports.empty() && !is_headless && type != "ExternalName") {
      context.report_field(*service, service->spec(), "ports", "a Service needs at least one port");
    }
    Duplicates duplicates(context, *service);
    for (const Node port : ports) {
      check_entry(context, *service, port, ports.size() > 1);
      duplicates.add(port);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "service-port-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .peers = "kube-linter/invalid-target-ports",
    .summary = "The API server refuses a port of a Service",
    .remedy = "Give every port a name and a number of its own.",
    .documentation = R"(## What it does
Looks at the ports of Services as the API server does: at least one of them (but for headless Services), each named where
there are several, names and pairs of number and protocol used once, numbers from 1 to 65535, known protocols, names that
are names. A `targetPort` that is a text must be able to be the name of a container's port, which has at most 15 bytes,
while the name of a Service's own port may have 63. A `nodePort` needs a Service that is no ClusterIP, and lies in the
range `node-ports` of the cluster.

## Why
The whole release fails to install.

## Example
```yaml
# wrong
kind: Service
spec:
  ports:
    - port: 80
    - port: 9090
```
```yaml
# right
kind: Service
spec:
  ports:
    - {name: http, port: 80}
    - {name: metrics, port: 9090}
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::service_port_invalid
