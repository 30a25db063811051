// What a container runs, as text: command, arguments, and the scripts in ConfigMaps of the release that these name.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "lint/context.h"

namespace rhumb::lint {

struct Program {
  /// Without comments of shell scripts; lines of one command are joined where a backslash continues them.
  std::string text;
  /// There is a command, and every script that it names is in the text.
  bool is_complete = false;

  /// The words, and of paths the last part too: "/usr/bin/pg_dump" is "pg_dump" as well.
  std::set<std::string, std::less<>> words() const;
  bool has(std::string_view part) const { return text.find(part) != std::string::npos; }
};

Program program_of(const Objects& objects, const Workload& workload, const Container& container);

}  // namespace rhumb::lint
