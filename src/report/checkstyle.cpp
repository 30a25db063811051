// Checkstyle XML, as Jenkins and reviewdog read it: findings by file.
#include <algorithm>

#include <fmt/format.h>

#include "report/escape.h"
#include "report/view.h"
#include "report/writers.h"

namespace rhumb::report {
namespace {

struct File {
  std::string path;
  std::string errors;
};

std::string_view level(Severity severity) { return severity < Severity::warning ? "info" : severity_name(severity); }

std::string error_line(const View& view, const lint::Finding& finding, const Place& place) {
  return fmt::format("    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"rhumb.{}\"/>\n",
                     place.line, place.column, level(finding.severity), xml(printable(view.described(finding))),
                     xml(rule_name(finding)));
}

}  // namespace

std::string write_checkstyle(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  std::vector<File> files;
  for (const lint::Finding* finding : view.findings()) {
    if (finding->suppression) continue;  // the format cannot say so
    const Place place = view.anchor(*finding);
    auto file = std::find_if(files.begin(), files.end(), [&](const File& known) { return known.path == place.path; });
    if (file == files.end()) file = files.insert(file, {place.path, {}});
    file->errors += error_line(view, *finding, place);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const File& file : files) out += fmt::format("  <file name=\"{}\">\n{}  </file>\n", xml(file.path), file.errors);
  return out + "</checkstyle>";
}

}  // namespace rhumb::report
