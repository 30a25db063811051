// What commands share: where they print, and the exit codes.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/host.h"
#include "rhumb/base/log.h"
#include "rhumb/base/programs.h"

namespace rhumb::cli {

inline constexpr int exit_ok = 0;
inline constexpr int exit_error = 1;
inline constexpr int exit_could_not_run = 2;

/// The process as a command sees it.
struct Process {
  FileSystem& files;
  Host& host;
  Programs& programs;
  /// Written to standard output and standard error in the end; errors come out before the output.
  std::string out;
  std::string err;
  /// What a command leaves to the end of the process, which frees it faster than destructors do.
  std::vector<std::shared_ptr<void>> kept;
  bool out_is_terminal = false;
  unsigned terminal_width = 0;  // columns; 0: unknown
  /// Of --verbose: what is done and how long it takes; null without it.
  Log* diagnostics = nullptr;
};

/// `rhumb template`: everything behind the command's name.
int run_template(std::span<const std::string> arguments, Process& process);
/// `rhumb lint`.
int run_lint(std::span<const std::string> arguments, Process& process);
/// `rhumb why`.
int run_why(std::span<const std::string> arguments, Process& process);
/// `rhumb rules`.
int run_rules(std::span<const std::string> arguments, Process& process);
/// `rhumb render`.
int run_render(std::span<const std::string> arguments, Process& process);
/// `rhumb values`.
int run_values(std::span<const std::string> arguments, Process& process);
/// `rhumb config`.
int run_config(std::span<const std::string> arguments, Process& process);
/// `rhumb functions`.
int run_functions(std::span<const std::string> arguments, Process& process);
/// `rhumb version`.
int run_version(std::span<const std::string> arguments, Process& process);

/// "rhumb 1.2.3 (as helm 4.3.1 and 3.22)"
std::string full_version();

}  // namespace rhumb::cli
