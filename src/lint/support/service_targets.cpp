#include "lint/support/service_targets.h"

#include <algorithm>

namespace rhumb::lint {

Answer answers(const Workload& workload, Node port) {
  const auto target = manifest::int_or_string(port["targetPort"].is_null() ? port["port"] : port["targetPort"]);
  if (!target) return Answer::unknown;
  const std::vector<manifest::Port> own = manifest::pod_ports(workload);
  const bool is_open = std::any_of(own.begin(), own.end(), [&](const manifest::Port& each) {
    return target->is_text ? each.name == target->text : each.number == target->number;
  });
  if (is_open) return Answer::yes;
  return target->is_text || !own.empty() ? Answer::no : Answer::unknown;
}

Answer answers(const Workload& workload, const Object& service) {
  Answer all = Answer::no;
  for (const Node port : service.spec()["ports"]) {
    const Answer answer = answers(workload, port);
    if (answer == Answer::yes) return answer;
    if (answer == Answer::unknown) all = answer;
  }
  return all;
}

}  // namespace rhumb::lint
