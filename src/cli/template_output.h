// What `rhumb template` prints or writes to files.
#pragma once

#include "cli/command.h"
#include "cli/template_options.h"
#include "rhumb/render/render.h"

namespace rhumb::cli {

/// Fills process.out, or writes below --output-dir. `advise` is set when Helm would add its advice to use --debug to
/// the error.
Result<void> print_output(const render::Rendering& rendering, const TemplateOptions& options, Process& process,
                          Log& log, bool& advise);

/// The text of --help.
std::string template_help();

}  // namespace rhumb::cli
