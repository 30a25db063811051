#include "lint/support/probes.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lint/support/program.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

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

/// "bash -ec", before a script of its own line.
bool is_shell_call(const std::vector<std::string_view>& words) {
  const std::string_view name = words.front().substr(words.front().rfind('/') + 1);
  return (name == "sh" || name == "bash" || name == "ash") &&
         std::all_of(words.begin() + 1, words.end(), [](std::string_view word) { return word.starts_with('-'); });
}

enum class Step : std::uint8_t { works, waits, neither };

/// One command of a script, without what stands around it.
Step step_of(std::string_view command) {
  std::vector<std::string_view> words = strings::fields(command);
  while (!words.empty() && (words.front() == "exec" || words.front() == "do")) words.erase(words.begin());
  if (words.empty() || is_shell_call(words)) return Step::neither;
  const std::string_view name = words.front().substr(words.front().rfind('/') + 1);
  if (name == "sleep" || (name == "tail" && words.back() == "/dev/null")) return Step::waits;
  // What a shell reads or asks before it sleeps is no work of the container.
  for (const std::string_view other :
       {"set", "trap", "wait", "while", "done", "true", ":", "source", ".", "[", "[[", "echo"}) {
    // What a loop waits for may be work.
    if (name == other && (name != "while" || words.back() == "true" || words.back() == ":")) return Step::neither;
  }
  return Step::works;
}

bool opens(const std::vector<manifest::Port>& ports, const manifest::IntOrString& target) {
  return std::any_of(ports.begin(), ports.end(), [&](const manifest::Port& port) {
    return target.is_text ? port.name == target.text : port.number == target.number;
  });
}

bool leads_to(const Object& service, const std::vector<manifest::Port>& ports) {
  const Node entries = service.spec()["ports"];
  if (!entries.is_list()) return true;
  for (const Node entry : entries) {
    const auto target = manifest::int_or_string(entry["targetPort"].is_null() ? entry["port"] : entry["targetPort"]);
    if (!target || !opens(ports, *target)) return false;
  }
  return true;
}

}  // namespace

bool is_idle(const Objects& objects, const Workload& workload, const Container& container) {
  const std::string image = image_name(container);
  if (image == "pause" || image.starts_with("pause-")) return true;
  bool waits = false;
  std::string text = program_of(objects, workload, container).text;
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == ';' || c == '&'; }, '\n');
  for (const std::string_view command : strings::split(text, "\n")) {
    const Step step = step_of(command);
    if (step == Step::works) return false;
    waits = waits || step == Step::waits;
  }
  return waits;
}

bool is_idle(const Objects& objects, const Workload& workload) {
  return std::all_of(workload.containers.begin(), workload.containers.end(), [&](const Container& container) {
    return !container.runs_on() || is_idle(objects, workload, container);
  });
}

std::vector<RunningContainer> containers_without(Context& context, std::string_view field) {
  std::vector<RunningContainer> found;
  for (const Workload* workload : context.services()) {
    if (!is_long_running(*workload)) continue;
    for (const Container& container : workload->containers) {
      if (!container.runs_on() || probe(container.node, field)) continue;
      if (!is_idle(context.objects(), *workload, container)) found.push_back({workload, &container});
    }
  }
  return found;
}

bool decides_readiness(const Workloads& workloads, const Workload& workload, const Container& container) {
  if (!manifest::container_ports(container.node).empty()) return true;
  const std::vector<manifest::Port> ports = manifest::pod_ports(workload);
  if (ports.empty()) return true;
  const std::vector<const Object*> services = workloads.services(workload);
  return !std::all_of(services.begin(), services.end(),
                      [&](const Object* service) { return leads_to(*service, ports); });
}

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
