// `rhumb rules [NAME]`: lists the rules, explains one, writes the pages of docs/rules/.
#include <fmt/format.h>

#include "cli/environment_flags.h"
#include "rhumb/lint/rule.h"
#include "rhumb/report/rule_pages.h"

namespace rhumb::cli {
namespace {

Result<void> write_pages(const std::string& folder, Process& process) {
  if (auto made = process.files.make_directories(folder); !made) return made;
  for (const lint::Rule* rule : lint::rules()) {
    const std::string file = folder + "/" + std::string(rule->name) + ".md";
    if (auto written = process.files.write(file, report::rule_page(*rule), false); !written) return written;
  }
  return process.files.write(folder + "/README.md", report::rule_index(lint::rules()), false);
}

int explain(const std::string& name, Process& process) {
  const lint::Rule* const rule = lint::find_rule(name);
  if (rule == nullptr) {
    const std::string_view near = lint::nearest_rule(name);
    process.err += fmt::format("rhumb rules: there is no rule '{}'{}\n", name,
                               near.empty() ? "" : fmt::format("; did you mean '{}'?", near));
    return exit_could_not_run;
  }
  process.out += report::rule_page(*rule);
  return exit_ok;
}

}  // namespace

int run_rules(std::span<const std::string> arguments, Process& process) {
  CLI::App app{"Lists the rules of rhumb lint, or explains one.", "rhumb rules"};
  std::string name;
  std::string format = "text";
  std::string pages;
  app.add_option("name", name, "rule to explain")->type_name("NAME");
  app.add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("NAME");
  app.add_option("--write-pages", pages, "write a page for each rule into a folder")->type_name("FOLDER");
  int status = exit_ok;
  if (!parse_command(app, arguments, process, status)) return status;
  if (!pages.empty()) {
    const Result<void> written = write_pages(pages, process);
    if (!written) process.err += "rhumb rules: " + written.error().message + "\n";
    return written ? exit_ok : exit_could_not_run;
  }
  if (!name.empty()) return explain(name, process);
  process.out += format == "json" ? report::rules_json(lint::rules()) : report::rule_table(lint::rules());
  return exit_ok;
}

}  // namespace rhumb::cli
