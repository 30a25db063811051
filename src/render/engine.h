// The template engine as Helm sets it up: one name space for all templates of a chart and its sub-charts, a fixed order
// of parsing and rendering, `include` and `tpl`.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "render/parse_cache.h"
#include "rhumb/base/parallel.h"
#include "rhumb/chart/chart.h"
#include "rhumb/gotmpl/execute.h"
#include "rhumb/gotmpl/parser.h"
#include "rhumb/render/render.h"

namespace rhumb::render {

class SchemaChecks;

/// Parses the templates of the chart and its dependencies into the cache while the caller does what comes before them:
/// on the world's queue, or on a thread of its own. Null where there is none or too little to gain. Errors come up
/// again when a template is asked for.
std::unique_ptr<Task> parse_ahead(const chart::ChartInstance& root, const World& world, const Options& options);

/// One template to render: its full name, its text, the dot it gets.
struct Renderable {
  std::string name;
  const chart::File* file = nullptr;
  Value values;
  std::string base_path;
};

/// As allTemplates, helm 4.3.1: every template of the chart and its dependencies with its scope, in the order of
/// sortTemplates (deep paths first, then reverse order of the names). `traced`: the texts of .Files know their place.
std::vector<Renderable> collect_templates(const chart::ChartInstance& root, const Value& top, Heap& heap, bool traced);

class Engine final : public gotmpl::TemplateInvoker {
 public:
  Engine(const World& world, Heap& heap, OriginTable* origins, const Options& options);
  ~Engine() override;

  /// As Engine.render. Partials are parsed and not rendered. Errors are Helm's. Goes on with no further template once
  /// `checks` (may be null) have failed.
  Result<std::vector<manifest::RenderedFile>> render(const std::vector<Renderable>& templates,
                                                     const SchemaChecks* checks);

  Value include(gotmpl::CallContext& context, std::string_view name, const Value& data) override;
  Value tpl(gotmpl::CallContext& context, const Value& text, const Value& data) override;

  const gotmpl::TraceTable& traces() const { return executor_.traces(); }
  /// Of the templates, in the order they were given.
  const std::vector<const gotmpl::ParsedFile*>& parsed_files() const { return parsed_files_; }
  /// Of the texts that tpl was given.
  std::vector<const gotmpl::ParsedFile*> parsed_texts() const;

 private:
  Result<const gotmpl::ParsedFile*> parsed(const Renderable& renderable);
  Result<void> parse_all(const std::vector<Renderable>& templates, gotmpl::TemplateSet& set);
  Result<void> execute(const gotmpl::TemplateSet& set, const Renderable& renderable, TracedText& text);
  void read_heads_ahead(std::vector<manifest::RenderedFile>& files);
  void hand_over_files(std::span<manifest::RenderedFile> files);
  void hand_over_documents(manifest::RenderedFile& file);
  const gotmpl::ParsedFile& parsed_text(std::string_view text);

  World world_;
  Heap& heap_;
  const gotmpl::Library& library_;
  gotmpl::CallContext context_;
  gotmpl::Executor executor_;
  std::unordered_map<std::string, std::uint32_t> included_names_;
  std::uint32_t tpl_depth_ = 0;
  std::vector<const gotmpl::ParsedFile*> parsed_files_;
  std::unordered_map<std::string_view, std::unique_ptr<const gotmpl::ParsedFile>> texts_;
  std::size_t unread_begin_ = 0;  // of the files whose documents nobody has been asked to read
  std::size_t unread_bytes_ = 0;
};

/// As cleanupParseError.
std::string parse_error_text(const std::string& message);
/// As reformatExecErrorMsg (with `helm3` its older form, which leaves the text as it is).
std::string exec_error_text(const gotmpl::ExecError& error, bool helm3);

}  // namespace rhumb::render
