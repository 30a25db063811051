#include "lint/support/probes.h"

#include <algorithm>
#include <array>

namespace rhumb::lint {
namespace {

struct Kind {
  std::string_view field;
  std::string_view title;
};
constexpr std::array kinds{
    Kind{"startupProbe", "startup probe"},
    Kind{"readinessProbe", "readiness probe"},
    Kind{"livenessProbe", "liveness probe"},
};

struct Default {
  std::string_view field;
  std::int64_t value;
};
// As SetDefaults_Probe, Kubernetes 1.34.
constexpr std::array defaults{
    Default{"timeoutSeconds", 1},
    Default{"periodSeconds", 10},
    Default{"successThreshold", 1},
    Default{"failureThreshold", 3},
};

constexpr std::array<std::string_view, 4> handlers{"httpGet", "tcpSocket", "grpc", "exec"};

Probe read(const Kind& kind, Node node) {
  Probe probe{kind.field, kind.title, node, {}, {}};
  for (const std::string_view handler : handlers) {
    if (node[handler].is_null()) continue;
    probe.handler = handler;
    probe.port = node[handler]["port"];
    break;
  }
  return probe;
}

/// A field of a handler as text, with the default of the API.
std::string_view field(const Probe& probe, std::string_view name, std::string_view fallback) {
  const std::string_view text = probe.node[probe.handler][name].scalar_text();
  return text.empty() ? fallback : text;
}

bool same_details(const Probe& a, const Probe& b) {
  if (a.handler == "exec") return yaml::equal(a.node["exec"]["command"], b.node["exec"]["command"]);
  if (a.handler == "grpc") return field(a, "service", "") == field(b, "service", "");
  if (field(a, "host", "") != field(b, "host", "")) return false;
  if (a.handler == "tcpSocket") return true;
  const Node headers = a.node["httpGet"]["httpHeaders"];
  const Node others = b.node["httpGet"]["httpHeaders"];
  const bool same_headers = headers.empty() ? others.empty() : yaml::equal(headers, others);
  return same_headers && field(a, "path", "/") == field(b, "path", "/") &&
         field(a, "scheme", "HTTP") == field(b, "scheme", "HTTP");
}

}  // namespace

std::int64_t Probe::number(std::string_view name) const {
  const std::int64_t written = node[name].integer().value_or(0);
  if (written != 0) return written;
  const auto* const found =
      std::find_if(defaults.begin(), defaults.end(), [&](const Default& each) { return each.field == name; });
  return found == defaults.end() ? 0 : found->value;
}

std::vector<Probe> probes(Node container) {
  std::vector<Probe> found;
  for (const Kind& kind : kinds) {
    const Node node = container[kind.field];
    if (!node.is_null()) found.push_back(read(kind, node));
  }
  return found;
}

std::optional<Probe> probe(Node container, std::string_view field) {
  for (const Kind& kind : kinds) {
    if (kind.field == field && !container[field].is_null()) return read(kind, container[field]);
  }
  return {};
}

std::optional<std::int64_t> resolved_port(Node port, Node container) {
  if (!port.is_string()) return port.integer();
  for (const manifest::Port& open : manifest::container_ports(container)) {
    if (open.name == port.text()) return open.number;
  }
  return {};
}

bool ask_the_same(const Probe& a, const Probe& b, Node container) {
  if (a.handler.empty() || a.handler != b.handler) return false;
  if (a.handler != "exec") {
    const auto first = resolved_port(a.port, container);
    const auto second = resolved_port(b.port, container);
    const bool same = first && second ? *first == *second : a.port.scalar_text() == b.port.scalar_text();
    if (!same) return false;
  }
  return same_details(a, b);
}

bool is_long_running(const Workload& workload) {
  if (!workload.is_service()) return false;
  const std::string_view restart = workload.pod_spec["restartPolicy"].text();
  return workload.kind() != "Pod" || restart.empty() || restart == "Always";
}

}  // namespace rhumb::lint
