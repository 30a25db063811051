#include "cli/template_output.h"

#include <fmt/format.h>

#include <set>

#include "cli/template_flags.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/manifest.h"

namespace rhumb::cli {
namespace {

// Files below --output-dir: the first document of a template replaces the file, the others are appended.
class FolderWriter {
 public:
  FolderWriter(std::string folder, Process& process) : folder_(std::move(folder)), process_(process) {}

  // As writeToFile of helm's pkg/action and pkg/cmd.
  Result<void> write(std::string_view name, std::string_view text, bool append) {
    const std::string path = folder_ + "/" + std::string(name);
    const std::string folder = path.substr(0, path.rfind('/'));
    if (const auto status = process_.files.status(folder); !status) return status.error();
    if (auto made = process_.files.make_directories(folder); !made) return made;
    std::string framed;
    manifest::append_framed(framed, name, text);
    if (auto written = process_.files.write(path, framed, append); !written) return written;
    process_.out += "wrote " + path + "\n";
    return {};
  }

  Result<void> write_once_then_append(std::string_view name, std::string_view text) {
    const bool append = !written_.insert(std::string(name)).second;
    return write(name, text, append);
  }

  // Hooks append to whatever is there, even from an earlier run.
  Result<void> write_hook(std::string_view name, std::string_view text) {
    const auto status = process_.files.status(folder_ + "/" + std::string(name));
    return write(name, text, status && status->kind != FileKind::missing);
  }

 private:
  std::string folder_;
  Process& process_;
  std::set<std::string> written_;
};

Result<void> write_folder(const render::Rendering& rendering, const TemplateOptions& options, Process& process,
                          Log& log, bool& advise) {
  auto documents = manifest::sort_documents(rendering.files(), log, options.output.helm3, options.output.threads,
                                            rendering.limits());
  advise = true;
  if (!documents) return std::move(documents).error();
  FolderWriter crds(options.output_dir, process);
  if (options.output.include_crds) {
    for (const chart::Crd& crd : rendering.crds()) {
      if (auto done = crds.write_once_then_append(crd.filename, crd.file->data); !done) return done;
    }
  }
  const std::string folder =
      options.use_release_name ? options.output_dir + "/" + options.render.release.name : options.output_dir;
  FolderWriter writer(folder, process);
  for (const manifest::Document& document : documents->manifests) {
    if (auto done = writer.write_once_then_append(document.file, document.text); !done) return done;
  }
  advise = false;
  if (!options.output.no_hooks) {
    for (const manifest::Document& hook : documents->hooks) {
      if (options.output.skip_tests && hook.is_test_hook) continue;
      if (auto done = writer.write_hook(hook.file, hook.text); !done) return done;
    }
  }
  if (!options.show_only.empty()) {
    return error("could not find template " + options.show_only.front() + " in chart");
  }
  process.out += "\n";
  return {};
}

// What --debug prints of a rendering whose YAML cannot be read.
std::string dump(const render::Rendering& rendering) {
  std::string text;
  for (const manifest::RenderedFile& file : rendering.files()) {
    if (!strings::trim_space(file.text.text).empty()) manifest::append_framed(text, file.name, file.text.text);
  }
  return std::string(strings::trim_space(text)) + "\n";
}

}  // namespace

Result<void> print_output(const render::Rendering& rendering, const TemplateOptions& options, Process& process,
                          Log& log, bool& advise) {
  if (!options.output_dir.empty()) return write_folder(rendering, options, process, log, advise);
  auto text = render::assemble(rendering, options.output, log);
  if (!text) {
    advise = true;
    if (options.debug) process.out += dump(rendering);
    return std::move(text).error();
  }
  if (!options.show_only.empty()) {
    text = manifest::show_only(*text, options.show_only, options.output.helm3);
    if (!text) return std::move(text).error();
  }
  if (process.out.empty()) {
    process.out = *std::move(text);
  } else {
    process.out += *text;
  }
  return {};
}

std::string template_help() {
  std::string text =
      "Render a chart as `helm template` (4.3.1) does, byte for byte, and print the manifests.\n\n"
      "Usage:\n  rhumb template [NAME] CHART [flags]\n\nFlags:\n";
  for (const FlagRow& row : template_flags()) {
    if (row.hidden) continue;
    const std::string shorthand = row.shorthand == 0 ? "    " : fmt::format("-{}, ", row.shorthand);
    text += fmt::format("  {}--{:<28} {}\n", shorthand, row.name, row.usage);
  }
  return text;
}

}  // namespace rhumb::cli
