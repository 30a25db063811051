#include "lint/support/shell_commands.h"

#include <algorithm>
#include <array>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// Words in front of a command.
bool is_keyword(std::string_view word) {
  constexpr std::array<std::string_view, 16> keywords{"if", "then", "else", "elif", "do",   "while", "until", "!",
                                                      "{",  "(",    "exec", "sudo", "time", "nice",  "env",   "eval"};
  if (std::find(keywords.begin(), keywords.end(), word) != keywords.end()) return true;
  // An assignment: PGPASSWORD=x pg_dump.
  const std::size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0 && word.find_first_of("-/$\"'") > equals;
}

bool only_talks(std::string_view program) {
  constexpr std::array<std::string_view, 5> talkers{"echo", "printf", "trap", "log", "logger"};
  return std::find(talkers.begin(), talkers.end(), program) != talkers.end();
}

std::size_t end_of_command(std::string_view text, std::size_t from) {
  return std::min(text.find_first_of("\n;|&", from), text.size());
}

}  // namespace

std::vector<ShellCommand> shell_commands(std::string_view script) {
  std::vector<ShellCommand> commands;
  for (std::size_t at = 0; at < script.size(); ++at) {
    const std::size_t end = end_of_command(script, at);
    const std::string_view piece = script.substr(at, end - at);
    at = end;
    for (const std::string_view word : strings::fields(piece)) {
      if (is_keyword(word)) continue;
      const std::string_view bare = strings::trim(word, "(){}\"'`$");
      const std::string program(bare.substr(bare.rfind('/') + 1));
      if (!program.empty() && !only_talks(program)) commands.push_back({program, std::string(piece)});
      break;
    }
  }
  return commands;
}

}  // namespace rhumb::lint
