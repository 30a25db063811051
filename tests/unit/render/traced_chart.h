// A small chart in memory, rendered with traces, and its causes written out.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/parallel.h"
#include "rhumb/chart/loader.h"
#include "rhumb/render/cause.h"
#include "rhumb/render/render.h"
#include "rhumb/yaml/tree.h"

namespace rhumb::render::test {

class QuietLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

/// Paths below the chart "c"; those that begin with "/" are files of the user.
using Files = std::map<std::string, std::string>;

class TracedChart {
 public:
  explicit TracedChart(const Files& files, chart::ValueOptions values = {}, const std::string& shown = {}) {
    if (!files.contains("Chart.yaml")) memory_.add("c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n");
    for (const auto& [path, text] : files) memory_.add(path.starts_with('/') ? path : "c/" + path, text);
    render("c", memory_, std::move(values), shown);
  }
  TracedChart(const std::string& chart, const FileSystem& files, chart::ValueOptions values) {
    render(chart, files, std::move(values), {});
  }

  const std::string& problem() const { return problem_; }
  const Rendering& rendering() const { return *rendering_; }

  /// The place of a text in the output: number of the file and offset. Nothing when it is not there.
  bool find(std::string_view text, std::size_t& file, std::size_t& begin) const {
    for (file = 0; file < rendering_->files().size(); ++file) {
      begin = rendering_->files()[file].text.text.find(text);
      if (begin != std::string::npos) return true;
    }
    return false;
  }

  std::string cause_of(std::string_view text) const {
    std::size_t file = 0;
    std::size_t begin = 0;
    if (!problem_.empty()) return problem_;
    if (!find(text, file, begin)) return "not in the output";
    return dump(explain(*rendering_, file, begin, begin + text.size()));
  }

  /// Within the lines from the one that holds `from` on to the end of the file.
  std::string slot_of(std::string_view from, std::string_view path) const {
    std::size_t file = 0;
    std::size_t begin = 0;
    if (!problem_.empty()) return problem_;
    if (!find(from, file, begin)) return "not in the output";
    const std::vector<std::string_view> keys = yaml::path_keys(path);
    const auto slot = find_slot(*rendering_, file, begin, rendering_->files()[file].text.text.size(), keys);
    if (!slot) return "none";
    std::string out = place(slot->branch) + " |";
    for (const TemplateFrame& frame : slot->frames) out += " " + place(frame.span) + named(frame.what);
    out += " |" + dump(slot->deciders) + " |";
    for (const std::string& key : slot->keys) out += " " + key;
    return out;
  }

  /// FILE: KEYS of each object of the kind that was left out.
  std::string left_out(std::string_view kind) const {
    if (!problem_.empty()) return problem_;
    std::string out;
    for (const LeftOutObject& object : left_out_objects(*rendering_, kind)) {
      out += (out.empty() ? "" : ", ") + rendering_->files()[object.file].name + ":";
      for (const std::string& key : object.slot.keys) out += " " + key;
    }
    return out;
  }

  std::string unread() const {
    if (!problem_.empty()) return problem_;
    std::string out;
    for (const ValueRead& read : unread_values(*rendering_)) {
      if (!out.empty()) out += ' ';
      out += read.path + "@" + place(read.span);
    }
    return out;
  }

  /// FRAMES | VALUES | BRANCHES
  std::string dump(const Cause& cause) const {
    std::string out;
    for (const TemplateFrame& frame : cause.frames)
      out += (out.empty() ? "" : " ") + place(frame.span) + named(frame.what);
    out += " |" + dump(cause.values) + " |";
    for (const BranchCause& branch : cause.branches)
      out += " " + place(branch.span) + "(" + dump(branch.deciders) + ")";
    return out;
  }

  /// NAME:LINE, without the folders "c/" and "templates/".
  std::string place(const Span& span) const {
    if (!span.known()) return "?";
    const SourceText& source = sources_.get(span.file);
    std::string name = source.name();
    for (const std::string_view start : {"c/", "templates/", "/"}) {
      if (name.starts_with(start)) name.erase(0, start.size());
    }
    return name + ":" + std::to_string(source.line_column(span.begin).line);
  }

  /// What a span covers.
  std::string text_of(const Span& span) const {
    return std::string(sources_.get(span.file).text().substr(span.begin, span.end - span.begin));
  }

 private:
  static std::string named(const std::string& what) { return what.empty() ? "" : "[" + what + "]"; }

  std::string dump(const std::vector<ValueCause>& values) const {
    std::string out;
    for (const ValueCause& value : values) {
      out += out.empty() ? " " : ", ";
      for (std::size_t i = 0; i < value.layers.size(); ++i) {
        out += (i > 0 ? " < " : "") + value.layers[i].path + "@" + place(value.layers[i].span);
      }
    }
    return out;
  }

  void render(const std::string& path, const FileSystem& files, chart::ValueOptions values, const std::string& shown) {
    run_on_large_stack(256u << 20, [&] {
      auto loaded = chart::load(path, {files, sources_, log_, &loaded_origins_, limits_, false, shown});
      world_ = std::make_unique<World>(World{sources_, files, *host_, log_, cache_, limits_, nullptr});
      rendering_ = std::make_unique<Rendering>(*world_, &loaded_origins_, true);
      auto user = chart::merge_value_options(values, files, sources_, rendering_->values_context());
      Options options;
      options.release = {"rel", "ns", 1, true, false};
      options.capabilities = funcs::default_capabilities();
      if (!loaded) {
        problem_ = loaded.error().message;
      } else if (!user) {
        problem_ = user.error().message;
      } else if (auto done = rendering_->run(*loaded, *user, options); !done) {
        problem_ = done.error().message;
      }
    });
  }

  MemoryFileSystem memory_;
  Sources sources_;
  QuietLog log_;
  OriginTable loaded_origins_;
  Limits limits_;
  ParseCache cache_;
  std::unique_ptr<Host> host_ = make_deterministic_host();
  std::unique_ptr<World> world_;
  std::unique_ptr<Rendering> rendering_;
  std::string problem_;
};

}  // namespace rhumb::render::test
