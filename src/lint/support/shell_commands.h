// The commands of a shell script, roughly: enough to tell whether a program is called, not what it does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rhumb::lint {

struct ShellCommand {
  std::string program;  // without its folder: "pg_dump"
  std::string text;     // all of it

  bool has(std::string_view part) const { return text.find(part) != std::string::npos; }
};

/// Split at line ends, `;`, `&&`, `||` and `|`; what only talks (echo, printf, trap) is left out.
std::vector<ShellCommand> shell_commands(std::string_view script);

/// A program with a word that must stand among its arguments; empty for any.
struct ProgramUse {
  std::string_view program;
  std::string_view argument;
};
template <typename Uses>
bool calls_any(const std::vector<ShellCommand>& commands, const Uses& uses) {
  for (const ShellCommand& command : commands) {
    for (const ProgramUse& use : uses) {
      if (command.program == use.program && command.has(use.argument)) return true;
    }
  }
  return false;
}

}  // namespace rhumb::lint
