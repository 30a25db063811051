// The rows of the table of formats; each has a file of its own.
#pragma once

#include <string>

#include "rhumb/report/report.h"

namespace rhumb::report {

std::string write_text(const lint::Outcome& outcome, const Sources& sources, const Options& options);
std::string write_json(const lint::Outcome& outcome, const Sources& sources, const Options& options);
std::string write_json_lines(const lint::Outcome& outcome, const Sources& sources, const Options& options);
std::string write_sarif(const lint::Outcome& outcome, const Sources& sources, const Options& options);
std::string write_junit(const lint::Outcome& outcome, const Sources& sources, const Options& options);
std::string write_github(const lint::Outcome& outcome, const Sources& sources, const Options& options);
std::string write_gitlab(const lint::Outcome& outcome, const Sources& sources, const Options& options);
std::string write_checkstyle(const lint::Outcome& outcome, const Sources& sources, const Options& options);
std::string write_markdown(const lint::Outcome& outcome, const Sources& sources, const Options& options);

}  // namespace rhumb::report
