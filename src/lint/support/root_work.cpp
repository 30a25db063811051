#include "lint/support/root_work.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/support/program.h"
#include "lint/support/shell_commands.h"

namespace rhumb::lint {
namespace {

bool is_sysctl(const ShellCommand& command) {
  return command.program == "sysctl" ? command.has(" -w") || command.has("=") : command.has("sysctl -w");
}

bool changes_owner(const ShellCommand& command) {
  return command.program == "chown" || command.program == "chgrp" || command.has("xargs chown");
}

template <typename Does>
bool any_command(const Context& context, const Workload& workload, const Container& container, const Does& does) {
  const std::vector<ShellCommand> commands = shell_commands(program_of(context.objects(), workload, container).text);
  return std::any_of(commands.begin(), commands.end(), does);
}

}  // namespace

bool sets_sysctl(const Context& context, const Workload& workload, const Container& container) {
  return any_command(context, workload, container, is_sysctl);
}

std::string without_root(const Context& context, const Workload& workload, const Container& container) {
  const std::string_view what = container.kind == ContainerKind::init ? "init container" : "container";
  if (sets_sysctl(context, workload, container)) {
    return fmt::format("set the sysctl on the nodes, or by a DaemonSet of the cluster's owner, and switch this {} off",
                       what);
  }
  if (container.kind == ContainerKind::init && any_command(context, workload, container, changes_owner)) {
    return "let the pod's securityContext.fsGroup give the volume to its group, and switch this init container off";
  }
  return {};
}

}  // namespace rhumb::lint
